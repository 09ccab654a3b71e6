/**
 * Type-checks cells and turns them into scripts, completes and explains what is in them: TypeScript's language
 * service, in whatever thread has TypeScript, on whatever files its host has.
 *
 * Each cell is a module. Around it lies a scope with the names that it mentions of earlier cells: TypeScript looks
 * for a name in what encloses a file, which nothing does otherwise. So an earlier name is what it was declared as,
 * and no program is built anew for it, as for an import.
 */
import type { SourceMapPayload } from 'node:module';
import type * as TypeScript from 'typescript-api';
import { type Script, toScript } from '../script/script';
import type { Declaration, Declared, Meaning, Own, Uses } from './declared';

/** What the checker is given: paths are absolute, with `/`. */
export interface CheckerHost {
  /** The notebook's folder. */
  readonly folder: string;
  /** The folder of TypeScript's own declarations, such as `lib.es5.d.ts`. */
  readonly libFolder: string;
  /** What depends on the platform: `target`, `lib` as names of files, `types`, `typeRoots`, `paths`. */
  readonly options: TypeScript.CompilerOptions;
  /** Declares what cells have beyond the platform's names. */
  readonly globals: readonly string[];
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  directoryExists(path: string): boolean;
  getDirectories(path: string): string[];
  readDirectory?: TypeScript.LanguageServiceHost['readDirectory'];
  realpath?(path: string): string;
  /** Returns something else once a file has changed. */
  versionOf(path: string): string;
  /** Returns a short text for each text: letters and digits. */
  hash(text: string): string;
}

/** An error, as TypeScript's: `start` in the file, from 0 on. */
export interface Diagnostic {
  readonly start: { readonly offset: number; readonly line: number; readonly character: number };
  readonly messageText: string;
  readonly code: number;
  /** Of a module beside the notebook, from its folder on; without it, the cell's. */
  readonly fileName?: string;
}

/** A module beside the notebook, as CommonJS. */
export interface SideModule {
  readonly path: string;
  readonly data: string;
  readonly map: SourceMapPayload;
}

/** What a cell has become: without `declaration` and `output` if there are diagnostics. */
export interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  readonly declaration?: Declaration;
  /** The script. Its moves lead to TypeScript's JavaScript, and the map from there to the cell. */
  readonly output?: string;
  readonly moves?: Script['moves'];
  readonly map?: SourceMapPayload;
  /** The modules beside the notebook that it imports, if they are new or have changed. */
  readonly sideModules?: readonly SideModule[];
}

export interface Candidate {
  readonly text: string;
  /** TypeScript's name of its kind, such as `function`. */
  readonly kind: string;
}

/** What may stand in place of a part of a cell. */
interface Completions {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Candidate[];
}

/** TypeScript, with the parts that its declarations leave out. */
type Internal = typeof TypeScript & {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  readonly SymbolDisplay: {
    getSymbolKind(
      checker: TypeScript.TypeChecker,
      symbol: TypeScript.Symbol,
      place: TypeScript.Node,
    ): string;
  };
};

type File = TypeScript.SourceFile & {
  readonly parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[];
  readonly moduleAugmentations?: readonly TypeScript.Node[];
  readonly locals?: ReadonlyMap<
    string,
    TypeScript.Symbol & { readonly exportSymbol?: TypeScript.Symbol }
  >;
  readonly symbol?: TypeScript.Symbol;
};

/** What encloses a file: a block. */
interface Scope {
  readonly kind: TypeScript.SyntaxKind;
  readonly locals: ReadonlyMap<string, TypeScript.Symbol>;
  readonly parent: Scope | undefined;
}

/** `*\/ expected` and `Unterminated template literal`: what is open takes up the rest, wherever it began. */
const OPEN = [1010, 1160];

/** A name that is not there, of a value or a type; the second kind offers another one. */
const MISSING = [2304, 2552, 2503];

/** The path of a cell that later ones use, by its number. */
const CELL = /\/__cell_(\d+)__\.ts$/;

/** What TypeScript writes before a type's name to tell it from another one's. */
const FROM_CELL = /import\("[^"]*\/__cell[^"]*"\)\./g;

/**
 * The most cells whose types TypeScript finds each within that of the next; of more, it begins with the earliest,
 * since its stack would not hold them.
 */
const DEEP = 200;

/** TypeScript's order of what a file declares. */
const OWN = '11';

const PLAIN = /[\p{ID_Continue}$]*$/u;

export class Checker {
  private readonly ts: Internal;
  private readonly options: TypeScript.CompilerOptions;
  private readonly service: TypeScript.LanguageService;
  private readonly cellPath: string;
  /** The cells that later ones use. There is room for more: a program with other files is built anew. */
  private readonly cells: Declaration[] = [];
  private readonly places = new Map<string, number>();
  private room = 32;
  /** The cells that are modules by their mark, by their paths. */
  private readonly marked = new Map<string, { text: string; version: string }>();
  /** Of the modules beside the notebook, the versions that were given out. */
  private readonly given = new Map<string, string>();
  private text = '';
  private version = 0;

  constructor(
    ts: typeof TypeScript,
    private readonly host: CheckerHost,
  ) {
    this.ts = ts as Internal;
    this.cellPath = this.pathOf('__cell__');
    this.options = {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      moduleDetection: ts.ModuleDetectionKind.Force,
      jsx: ts.JsxEmit.React,
      strict: false,
      skipLibCheck: true,
      resolveJsonModule: true,
      allowJs: true,
      checkJs: true,
      sourceMap: true,
      noUncheckedSideEffectImports: false,
      newLine: ts.NewLineKind.LineFeed,
      ...host.options,
    };
    // What no cell mentions at the moment, the next one may.
    const registry = { ...ts.createDocumentRegistry(), releaseDocumentWithKey: () => {} };
    this.service = ts.createLanguageService(this.serviceHost(), registry);
  }

  private serviceHost(): TypeScript.LanguageServiceHost {
    const { ts, host, options, marked } = this;
    const textOf = (path: string) => {
      if (path === this.cellPath) return this.text;
      const [, place] = CELL.exec(path) ?? [];
      if (place) return this.cells[+place]?.text ?? '';
      return marked.get(path)?.text ?? host.readFile(path);
    };
    const known = {
      readFile: textOf,
      fileExists: (path: string) =>
        path === this.cellPath || CELL.test(path) || marked.has(path) || host.fileExists(path),
      directoryExists: host.directoryExists,
      getCurrentDirectory: () => host.folder,
      getDirectories: host.getDirectories,
      ...(host.realpath && { realpath: host.realpath }),
    };
    const snapshots = new Map<string, { version: string; snapshot: TypeScript.IScriptSnapshot }>();
    const versionOf = (path: string) => {
      if (path === this.cellPath) return String(this.version);
      const [, place] = CELL.exec(path) ?? [];
      return place ? (this.cells[+place]?.id ?? '') : this.versionOf(path);
    };
    const cache = ts.createModuleResolutionCache(host.folder, name => name, options);
    // As when the cell runs: what it imports is required.
    const resolve = (name: string, from: string) => {
      // What is not there may be installed before the next cell.
      const kept = from.includes('/node_modules/') ? cache : undefined;
      const mode = ts.ModuleKind.CommonJS;
      return ts.resolveModuleName(name, from, options, known, kept, undefined, mode);
    };
    return {
      ...known,
      ...(host.readDirectory && { readDirectory: host.readDirectory }),
      useCaseSensitiveFileNames: () => true,
      getCurrentDirectory: () => host.folder,
      getCompilationSettings: () => options,
      getDefaultLibFileName: () => `${host.libFolder}/lib.d.ts`,
      getScriptFileNames: () => [
        this.cellPath,
        ...Array.from({ length: this.room }, (_, place) => this.placeOf(place)),
        ...host.globals,
        ...marked.keys(),
      ],
      getProjectVersion: () => String(this.version),
      getScriptVersion: versionOf,
      getScriptSnapshot: path => {
        const version = versionOf(path);
        const kept = snapshots.get(path);
        if (kept?.version === version) return kept.snapshot;
        const text = textOf(path);
        if (text === undefined) return undefined;
        const snapshot = ts.ScriptSnapshot.fromString(text);
        // Each program asks for that of each file.
        snapshots.set(path, { version, snapshot });
        return snapshot;
      },
      // By it each program spares itself the reading of every package.json.
      ...{ getModuleResolutionCache: () => cache },
      resolveModuleNameLiterals: (literals, from) =>
        literals.map(({ text }) => resolve(text, from)),
    };
  }

  private pathOf(module: string): string {
    return `${this.host.folder}/${module}.ts`;
  }

  private placeOf(cell: number): string {
    return this.pathOf(`__cell_${cell}__`);
  }

  private versionOf(path: string): string {
    return this.marked.get(path)?.version ?? this.host.versionOf(path);
  }

  /** Type-checks a cell, and makes a script of it. */
  compile(declared: Declared, code: string): Compiled {
    const cell = this.parse(code);
    if (cell.parseDiagnostics.length > 0) {
      return { diagnostics: cell.parseDiagnostics.flatMap(each => this.described(each, code)) };
    }
    const refused = this.refused(cell);
    if (refused) return { diagnostics: [refused] };
    const own = this.ownOf(cell);
    const uses = declared.usesOf(code, own);
    let program = this.open(this.withExports(cell, own), uses, declared);
    let found = this.faults(program, code);
    if (found.some(({ code }) => MISSING.includes(code))) {
      // TypeScript offers what is spelt like it.
      program = this.open(this.text, declared.like(''), declared);
      found = this.faults(program, code);
    }
    const side = this.sideFiles(program);
    const diagnostics = [
      ...found,
      ...side.flatMap(file =>
        [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].flatMap(
          each => this.described(each, code),
        ),
      ),
    ];
    if (diagnostics.length > 0) return { diagnostics };
    const id = this.host.hash(declared.contextOf(code, own));
    const file = program.getSourceFile(this.cellPath) as File;
    const declaration: Declaration = {
      id,
      text: code,
      names: this.meanings(program, file, own),
      uses,
      isGlobal: Boolean(file.moduleAugmentations?.length),
      isVolatile: declared.isVolatile(code, own),
    };
    return {
      diagnostics,
      declaration,
      ...this.emit(program, file, declared, uses),
      sideModules: this.newModules(side),
    };
  }

  /** Adds a module that cells import by its name. @returns what is wrong with it. */
  addModule(name: string, text: string, hasJsx: boolean): readonly Diagnostic[] {
    this.version++;
    const path = this.pathOf(name) + (hasJsx ? 'x' : '');
    this.marked.set(path, { text, version: String(this.version) });
    const program = this.program();
    const file = program.getSourceFile(path);
    return [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ].flatMap(each => this.described(each, text));
  }

  /** Lists what may stand at a place of a cell. */
  complete(declared: Declared, code: string, cursor: number): Completions {
    const [before = ''] = PLAIN.exec(code.slice(0, cursor)) ?? [];
    const [after = ''] = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor)) ?? [];
    const word = before + after;
    const earlier = declared.like(word);
    const names = [...declared.usesOf(code, new Map()), ...earlier];
    const program = this.open(code, new Map(names), declared);
    const found = this.service.getCompletionsAtPosition(this.cellPath, cursor, {
      includeSymbol: true,
    } as TypeScript.GetCompletionsAtPositionOptions);
    const entries = found?.entries ?? [];
    const file = program.getSourceFile(this.cellPath) as File;
    // That of a path is more than a word.
    const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
    const start = span?.start ?? cursor - before.length;
    const end = span ? span.start + span.length : cursor + after.length;
    const typed = code.slice(start, end);
    const candidates = entries
      .flatMap(entry => {
        const rank = rankOf(entry.name, typed);
        // The cells' own come before the platform's.
        const order = earlier.has(entry.name) ? OWN : entry.sortText;
        return rank === undefined ? [] : [{ entry, key: rank + order }];
      })
      .sort((a, b) => compare(a.key, b.key) || (typed ? 0 : compare(a.entry.name, b.entry.name)))
      .map(({ entry }) => ({ text: entry.name, kind: this.kindOf(entry, program, file) }));
    return { start, end, candidates };
  }

  private kindOf(entry: TypeScript.CompletionEntry, program: TypeScript.Program, file: File) {
    const { kind, symbol } = entry;
    if (kind !== this.ts.ScriptElementKind.alias || !symbol) return kind;
    const checker = program.getTypeChecker();
    return this.ts.SymbolDisplay.getSymbolKind(checker, checker.getAliasedSymbol(symbol), file);
  }

  /** Explains the name at a place of a cell, or the call in whose brackets it is. */
  inspect(declared: Declared, code: string, cursor: number): string | undefined {
    this.open(code, declared.usesOf(code, new Map()), declared);
    const info = this.service.getQuickInfoAtPosition(this.cellPath, cursor);
    if (info) return printed(withoutAlias(info.displayParts), info.documentation, info.tags);
    const help = this.service.getSignatureHelpItems(this.cellPath, cursor, undefined);
    const chosen = help?.items[help.selectedItemIndex];
    if (!help || !chosen) return undefined;
    const others = help.items.filter(item => item !== chosen);
    const signatures = [chosen, ...others].map(item => ({
      text: [
        item.prefixDisplayParts,
        ...item.parameters.flatMap(({ displayParts }, i) =>
          i === 0 ? [displayParts] : [item.separatorDisplayParts, displayParts],
        ),
        item.suffixDisplayParts,
      ]
        .flat()
        .map(({ text }) => text)
        .join(''),
      kind: 'text',
    }));
    const lines = signatures.flatMap((each, i) =>
      i === 0 ? [each] : [{ text: '\n', kind: 'lineBreak' }, each],
    );
    return printed(lines, chosen.documentation, chosen.tags);
  }

  /** Tells whether a cell is whole, as a console asks before it runs a line. */
  completeness(code: string): {
    readonly status: 'complete' | 'incomplete' | 'invalid';
    readonly indent?: string;
  } {
    const faults = this.parse(code).parseDiagnostics;
    if (faults.length === 0) return { status: 'complete' };
    const end = code.trimEnd().length;
    const isOpen = faults.some(({ code }) => OPEN.includes(code));
    const isMissing = faults.every(
      ({ start, messageText }) => start >= end && /expected\.$/.test(String(messageText)),
    );
    if (!isOpen && !isMissing) return { status: 'invalid' };
    const [line = ''] = /[^\n]*$/.exec(code) ?? [];
    const [indent = ''] = /^\s*/.exec(line) ?? [];
    const isOpened = /[([{]\s*$/.test(line);
    return { status: 'incomplete', indent: isOpen ? '' : indent + (isOpened ? '  ' : '') };
  }

  /** Reads a cell by itself, so that nothing behind it changes what it is. */
  private parse(code: string): File {
    const file = this.ts.createSourceFile(this.cellPath, code, {
      languageVersion: this.options.target ?? this.ts.ScriptTarget.Latest,
      setExternalModuleIndicator: file => Object.assign(file, { externalModuleIndicator: true }),
    }) as File;
    this.ts.bindSourceFile(file, this.options);
    return file;
  }

  /** Lists what a cell declares at its top level. */
  namesIn(code: string): Own {
    return this.ownOf(this.parse(code));
  }

  private ownOf({ locals }: File): Own {
    const { Value, Type, Namespace, Alias } = this.ts.SymbolFlags;
    const own = new Map<string, number>();
    for (const [name, { flags: local, exportSymbol }] of locals ?? []) {
      // TypeScript's name of `declare global`.
      if (name === '__global') continue;
      const flags = local | (exportSymbol?.flags ?? 0);
      // A value takes the place of any other, such as a `const` that of a `var`.
      const kinds = [Value, Type, Namespace].filter(kind => flags & kind);
      own.set(name, flags & Alias ? -1 : kinds.reduce((all, kind) => all | kind, 0));
    }
    return own;
  }

  /** Exports what a cell imports, in a line behind it: what it does not use itself, later ones may. */
  private withExports({ text, symbol }: File, own: Own): string {
    const exported = symbol?.exports;
    const names = [...own].filter(
      ([name, flags]) => flags === -1 && !exported?.has(name as TypeScript.__String),
    );
    if (names.length === 0) return text;
    return `${text}\n;export { ${names.map(([name]) => name).join(', ')} };`;
  }

  /** Makes the program in which a cell finds these names. */
  private open(text: string, uses: Uses, declared: Declared): TypeScript.Program {
    const before = this.cells.length;
    const wanted = new Set([...declared.everywhere, ...[...uses.values()].flat()]);
    for (const id of wanted) {
      const cell = declared.modules.get(id);
      if (!cell) continue;
      if (!this.places.has(id)) this.places.set(id, this.cells.push(cell) - 1);
      for (const used of [...cell.uses.values()].flat()) wanted.add(used);
    }
    while (this.room < this.cells.length) this.room *= 2;
    this.version++;
    this.text = text;
    const program = this.program();
    for (let place = before; place < this.cells.length; place++) {
      this.enclose(program, this.placeOf(place), this.cells[place]?.uses ?? new Map());
    }
    this.enclose(program, this.cellPath, uses);
    if (wanted.size > DEEP) {
      const checker = program.getTypeChecker();
      for (const id of [...wanted].reverse()) {
        const names = this.cellOf(program, id)?.locals?.values() ?? [];
        for (const symbol of names) checker.getTypeOfSymbol(symbol);
      }
    }
    return program;
  }

  private cellOf(program: TypeScript.Program, id: string): File | undefined {
    return program.getSourceFile(this.placeOf(this.places.get(id) ?? -1)) as File | undefined;
  }

  /** Puts a file in a scope with these names: one for each of the meanings that a name has, inside each other. */
  private enclose(program: TypeScript.Program, path: string, uses: Uses): void {
    const levels: Map<string, TypeScript.Symbol>[] = [];
    for (const [name, ids] of uses) {
      for (const [level, id] of ids.entries()) {
        const symbol = this.cellOf(program, id)?.locals?.get(name);
        levels[level] ??= new Map();
        if (symbol) levels[level].set(name, symbol.exportSymbol ?? symbol);
      }
    }
    const kind = this.ts.SyntaxKind.Block;
    const file = program.getSourceFile(path) as unknown as { parent: Scope | undefined };
    file.parent = levels.reduceRight<Scope | undefined>(
      (parent, locals) => ({ kind, locals, parent }),
      undefined,
    );
  }

  private program(): TypeScript.Program {
    const program = this.service.getProgram();
    if (!program) throw new Error('TypeScript made no program');
    return program;
  }

  private meanings(program: TypeScript.Program, file: File, own: Own): Record<string, Meaning> {
    const { ts } = this;
    const { Value, Type, Namespace, Alias, Variable } = ts.SymbolFlags;
    const checker = program.getTypeChecker();
    const found: Record<string, Meaning> = {};
    for (const name of own.keys()) {
      const local = file.locals?.get(name);
      if (!local || isUsing(ts, local)) continue;
      // That of an exported name says less.
      const real = checker.getExportSymbolOfSymbol(local);
      const { valueDeclaration } = real;
      const aliased = real.flags & Alias ? checker.getAliasedSymbol(real).flags : 0;
      const isVariable =
        Boolean(real.flags & Variable) &&
        valueDeclaration !== undefined &&
        !(ts.getCombinedNodeFlags(valueDeclaration) & ts.NodeFlags.Const);
      found[name] = { flags: (real.flags | aliased) & (Value | Type | Namespace), isVariable };
    }
    return found;
  }

  /** Lists the errors of the cell. */
  private faults(program: TypeScript.Program, code: string): Diagnostic[] {
    const file = program.getSourceFile(this.cellPath);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .filter(({ start = 0 }) => start <= code.length)
      .flatMap(each => this.described(each, code));
  }

  /** Finds what TypeScript lets pass, and no cell has. */
  private refused(cell: File): Diagnostic | undefined {
    if (!cell.text.includes('import.meta')) return undefined;
    const find = (node: TypeScript.Node): TypeScript.Node | undefined =>
      this.ts.isMetaProperty(node) && node.keywordToken === this.ts.SyntaxKind.ImportKeyword
        ? node
        : this.ts.forEachChild(node, find);
    const meta = find(cell);
    if (!meta) return undefined;
    const offset = meta.getStart(cell);
    const start = { offset, ...cell.getLineAndCharacterOfPosition(offset) };
    return { start, code: 1343, messageText: 'A cell has no import.meta.' };
  }

  /** Describes an error as those that it consists of. */
  private described(found: TypeScript.Diagnostic, code: string): Diagnostic[] {
    const { file, start: offset = 0 } = found;
    if (!file) return [];
    const isCell = file.fileName === this.cellPath;
    const beside = isCell ? undefined : file.fileName.replace(`${this.host.folder}/`, '');
    if (beside?.startsWith('/')) return [];
    const at = isCell ? Math.min(offset, code.length) : offset;
    const start = { offset: at, ...file.getLineAndCharacterOfPosition(at) };
    const list = (each: string | TypeScript.DiagnosticMessageChain, code: number): Diagnostic[] => {
      const text = typeof each === 'string' ? each : each.messageText;
      const next = typeof each === 'string' ? [] : (each.next ?? []);
      const one = { start, code, messageText: text.replace(FROM_CELL, '') };
      return [
        beside ? { ...one, fileName: beside } : one,
        ...next.flatMap(inner => list(inner, inner.code)),
      ];
    };
    return list(found.messageText, found.code);
  }

  /** Makes a script of TypeScript's JavaScript. */
  private emit(program: TypeScript.Program, file: File, declared: Declared, uses: Uses) {
    const { ts } = this;
    const isValue = (name: string) =>
      (uses.get(name) ?? []).some(
        id => (declared.modules.get(id)?.names[name]?.flags ?? 0) & ts.SymbolFlags.Value,
      );
    const written = new Map<string, string>();
    const after: TypeScript.TransformerFactory<TypeScript.SourceFile> = () => source =>
      ts.factory.updateSourceFile(
        source,
        // What is exported, all cells have anyway.
        source.statements.filter(statement => !ts.isExportDeclaration(statement)),
      );
    program.emit(
      file,
      (path, text) => written.set(path.endsWith('.map') ? 'map' : 'code', text),
      undefined,
      false,
      { after: [after] },
    );
    const source = (written.get('code') ?? '').replace(/\/\/# sourceMappingURL=.*\s*$/, '');
    const { code: output, moves } = toScript(source, {
      isKnown: isValue,
      // TypeScript has checked the cell.
      isConstant: () => false,
      isGlobal: () => true,
    });
    return { output, moves, map: JSON.parse(written.get('map') ?? '{}') as SourceMapPayload };
  }

  /** Lists the modules beside the notebook. */
  private sideFiles(program: TypeScript.Program): TypeScript.SourceFile[] {
    return program
      .getSourceFiles()
      .filter(
        file =>
          !file.isDeclarationFile &&
          /\.[jt]sx?$/.test(file.fileName) &&
          !file.fileName.includes('/__cell') &&
          !program.isSourceFileFromExternalLibrary(file),
      );
  }

  private newModules(files: readonly TypeScript.SourceFile[]): SideModule[] {
    return files.flatMap(({ fileName, text }) => {
      const version = this.versionOf(fileName);
      if (this.given.get(fileName) === version) return [];
      this.given.set(fileName, version);
      const { outputText, sourceMapText = '{}' } = this.ts.transpileModule(text, {
        fileName,
        compilerOptions: { ...this.options, module: this.ts.ModuleKind.CommonJS },
      });
      const data = outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
      return [
        { path: fileName.replace(/\.[jt]sx?$/, '.js'), data, map: JSON.parse(sourceMapText) },
      ];
    });
  }
}

/** Tells whether a name ends with its cell. */
function isUsing(ts: typeof TypeScript, symbol?: TypeScript.Symbol): boolean {
  const { valueDeclaration } = symbol ?? {};
  if (!valueDeclaration) return false;
  const kind = ts.getCombinedNodeFlags(valueDeclaration) & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Returns how well a name fits what is typed; undefined if it does not. */
function rankOf(name: string, typed: string): string | undefined {
  const [lower, part] = [name.toLowerCase(), typed.toLowerCase()];
  if (name.startsWith(typed)) return '0';
  if (lower.startsWith(part)) return '1';
  return lower.includes(part) ? '2' : undefined;
}

/** Leaves out that a name is imported: cells know no difference. */
function withoutAlias(parts: readonly TypeScript.SymbolDisplayPart[] = []) {
  const [first, second] = parts;
  if (first?.text !== '(' || second?.text !== 'alias') return parts;
  const end = parts.map(({ text }) => text).lastIndexOf('\n');
  return parts.slice(4, end < 0 ? undefined : end);
}

/** Writes what is known of a name, as TypeScript's editors show it. */
function printed(
  parts: readonly TypeScript.SymbolDisplayPart[],
  documentation: readonly TypeScript.SymbolDisplayPart[] = [],
  tags: readonly TypeScript.JSDocTagInfo[] = [],
): string {
  const join = (all: readonly TypeScript.SymbolDisplayPart[] = []) =>
    all.map(({ text }) => text).join('');
  const about = [
    join(documentation),
    ...tags.map(({ name, text }) => `@${name} ${join(text)}`.trimEnd()),
  ].filter(Boolean);
  return [join(parts), ...(about.length > 0 ? ['', ...about] : [])].join('\n');
}
