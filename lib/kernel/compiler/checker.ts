/**
 * Type-checks cells and makes JavaScript of them, completes and explains what is in them: TypeScript's language
 * service, in whatever thread has TypeScript, on whatever files its host has.
 *
 * Each cell is a module. Around it lies a scope with the names that it mentions of earlier cells: TypeScript looks
 * for a name in what encloses a file, which nothing does otherwise. So an earlier name is what it was declared as,
 * and no program is built anew for it, as for an import.
 */
import type { SourceMapPayload } from 'node:module';
import type * as TypeScript from 'typescript-api';
import { maskStrings } from '../errors/code';
import type { Diagnostic } from '../errors/failed';
import type { Script } from '../script/script';
import type { Answer, CodeQuestion } from '../worker-messages';
import { type Declaration, type Declared, EVERYWHERE, type Own, type Uses } from './declared';

/** What the checker is given: paths are absolute, with `/`. */
export interface CheckerHost
  extends Pick<
    TypeScript.LanguageServiceHost,
    'readFile' | 'fileExists' | 'directoryExists' | 'getDirectories' | 'readDirectory' | 'realpath'
  > {
  /** The notebook's folder. */
  readonly folder: string;
  /** The folder of TypeScript's own declarations, such as `lib.es5.d.ts`. */
  readonly libFolder: string;
  /** What depends on the platform: `target`, `lib` as names of files, `types`, `typeRoots`, `paths`. */
  readonly options: TypeScript.CompilerOptions;
  /** Declares what cells have beyond the platform's names. */
  readonly globals: readonly string[];
  /** Returns something else once a file has changed. */
  versionOf(path: string): string;
  /** Returns a short text for each text: letters and digits. */
  hash(text: string): string;
}

/** A module beside the notebook, as CommonJS. */
export interface SideModule {
  readonly path: string;
  readonly data: string;
  readonly map: SourceMapPayload;
}

/** What TypeScript says of a cell: nothing but the diagnostics if there are any. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly declaration?: Declaration;
  readonly javaScript?: string;
  /** Leads from the JavaScript to the cell. */
  readonly map?: SourceMapPayload;
  /** The modules beside the notebook that it imports, if they are new or have changed. */
  readonly sideModules?: readonly SideModule[];
}

/** What a cell has become. */
export interface Compiled extends Omit<Checked, 'javaScript'> {
  /** The script, whose moves lead to TypeScript's JavaScript. */
  readonly output?: string;
  readonly moves?: Script['moves'];
}

/** TypeScript, with the parts that its declarations leave out. */
type Internal = typeof TypeScript & {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  readonly SymbolDisplay: { getSymbolKind(...of: [TypeScript.TypeChecker, ...object[]]): string };
};

type Snapshot = TypeScript.IScriptSnapshot & { readonly version: string };

type File = TypeScript.SourceFile & {
  readonly parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[];
  readonly moduleAugmentations?: readonly TypeScript.Node[];
  readonly locals?: ReadonlyMap<string, TypeScript.Symbol & { exportSymbol?: TypeScript.Symbol }>;
  readonly symbol?: TypeScript.Symbol;
};

/** `*\/ expected` and `Unterminated template literal`: what is open takes up the rest, wherever it began. */
const OPEN = [1010, 1160];

/** A name that is not there, of a value or a type; the second kind offers another one. */
const MISSING = [2304, 2552, 2503];

/** What TypeScript writes before a type's name to tell it from another one's. */
const FROM_CELL = /import\("(?=[^"]*\/__cell)[^"]*"\)\./g;

/** TypeScript's order of what a file declares. */
const OWN = '11';

/** The file of a module beside the notebook: not of a package, nor of declarations or a cell. */
const SIDE = /^(?!.*\/(node_modules\/|__cell)).*(?<!\.d)\.[jt]sx?$/;

/** A module beside the notebook, which may change, or which a cell that has not run yet may write. */
export const BESIDE = /['"`]\.{1,2}\//;

export class Checker {
  private readonly ts: Internal;
  private readonly options: TypeScript.CompilerOptions;
  private readonly service: TypeScript.LanguageService;
  private readonly cellPath: string;
  /** The cell, and the earlier ones that later ones use, by their paths. */
  private readonly own = new Map<string, Snapshot>();
  /** The paths of the earlier ones by their ids. There is room for more: a program with other files is built anew. */
  private readonly places = new Map<string, string>();
  private room = 0;
  /** Of the modules beside the notebook, the versions that were given out. */
  private readonly given = new Map<string, string>();
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
      checkJs: true,
      sourceMap: true,
      noUncheckedSideEffectImports: false,
      newLine: ts.NewLineKind.LineFeed,
      ...host.options,
    };
    this.write(this.cellPath, '');
    this.makeRoom(32);
    // What no cell mentions at the moment, the next one may.
    const registry = { ...ts.createDocumentRegistry(), releaseDocumentWithKey: () => {} };
    this.service = ts.createLanguageService(this.serviceHost(), registry);
  }

  private serviceHost(): TypeScript.LanguageServiceHost {
    const { ts, host, options, own } = this;
    const fileExists = (path: string) => own.has(path) || host.fileExists(path);
    const known = { ...host, fileExists, getCurrentDirectory: () => host.folder };
    const cache = ts.createModuleResolutionCache(host.folder, name => name, options);
    /** The files that were read: each program asks for each of them. */
    const files: typeof own = new Map();
    return {
      ...known,
      useCaseSensitiveFileNames: () => true,
      getCompilationSettings: () => options,
      getDefaultLibFileName: () => `${host.libFolder}/lib.d.ts`,
      getScriptFileNames: () => [...own.keys(), ...host.globals],
      getProjectVersion: () => String(this.version),
      getScriptVersion: path => this.versionOf(path),
      getScriptSnapshot: path => {
        const version = this.versionOf(path);
        const kept = own.get(path) ?? files.get(path);
        if (kept?.version === version) return kept;
        const text = host.readFile(path);
        if (text !== undefined) files.set(path, this.snapshot(text, version));
        return text === undefined ? undefined : files.get(path);
      },
      // By it each program spares itself the reading of every package.json.
      ...{ getModuleResolutionCache: () => cache },
      resolveModuleNameLiterals: (literals, from) => {
        // What is not there may be installed before the next cell.
        const kept = from.includes('/node_modules/') ? cache : undefined;
        // As when the cell runs: what it imports is required.
        const mode = ts.ModuleKind.CommonJS;
        return literals.map(({ text }) =>
          ts.resolveModuleName(text, from, options, known, kept, undefined, mode),
        );
      },
    };
  }

  private pathOf(module: string): string {
    return `${this.host.folder}/${module}.ts`;
  }

  private snapshot(text: string, version: string): Snapshot {
    return Object.assign(this.ts.ScriptSnapshot.fromString(text), { version });
  }

  private write(path: string, text: string): void {
    this.own.set(path, this.snapshot(text, String(++this.version)));
  }

  private makeRoom(room: number): void {
    for (; this.room < room; this.room++) this.write(this.pathOf(`__cell_${this.room}__`), '');
  }

  private versionOf(path: string): string {
    return this.own.get(path)?.version ?? this.host.versionOf(path);
  }

  /** Type-checks a cell, and makes JavaScript of it. */
  compile(declared: Declared, code: string): Checked {
    const cell = this.parse(code);
    const unread = [
      ...cell.parseDiagnostics.flatMap(each => this.described(each, code)),
      ...refused(cell),
    ];
    if (unread.length > 0) return { diagnostics: unread };
    const own = this.ownOf(cell);
    const uses = declared.usesOf(code, own);
    const text = this.withExports(cell, own);
    let program = this.open(text, uses, declared);
    let found = this.faults(this.cellPath, code);
    if (found.some(({ code }) => MISSING.includes(code))) {
      // TypeScript offers what is spelt like it.
      program = this.open(text, declared.like(''), declared);
      found = this.faults(this.cellPath, code);
    }
    const side = program.getSourceFiles().filter(({ fileName }) => SIDE.test(fileName));
    const diagnostics = [...found, ...side.flatMap(({ fileName }) => this.faults(fileName, code))];
    if (diagnostics.length > 0) return { diagnostics };
    const declaration: Declaration = {
      id: BESIDE.test(code) ? crypto.randomUUID() : this.host.hash(declared.contextOf(code, own)),
      text: code,
      names: this.meanings(program, own),
      uses,
    };
    const { outputFiles } = this.service.getEmitOutput(this.cellPath);
    const [map = '', javaScript = ''] = outputFiles.map(({ text }) => text);
    const sideModules = this.newModules(side);
    return { diagnostics, declaration, javaScript, map: JSON.parse(map), sideModules };
  }

  /** Answers what is asked about code that does not run yet, as Jupyter's protocol wants it. */
  answer(declared: Declared, question: CodeQuestion): Answer {
    const { type, code } = question;
    if (type === 'is_complete') return this.completeness(code);
    if (type === 'complete') return this.complete(declared, code, question.cursor);
    const text = this.inspect(declared, code, question.cursor);
    // All that TypeScript says of a name that does not exist.
    const found = text !== '' && text !== 'any';
    return { status: 'ok', found, data: found ? { 'text/plain': text } : {}, metadata: {} };
  }

  /** Lists what may stand at a place of a cell. */
  private complete(declared: Declared, code: string, cursor: number): Answer {
    const [before = ''] =
      /(?<![\p{ID_Continue}$])[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor)) ?? [];
    const [after = ''] = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor)) ?? [];
    const earlier = declared.like(before + after);
    const uses = new Map([...declared.usesOf(code), ...earlier]);
    const program = this.open(code, uses, declared);
    const found = this.service.getCompletionsAtPosition(this.cellPath, cursor, {
      includeSymbol: true,
    } as TypeScript.GetCompletionsAtPositionOptions);
    const entries = found?.entries ?? [];
    // That of a path is more than a word.
    const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
    const start = span?.start ?? cursor - before.length;
    const end = span ? span.start + span.length : cursor + after.length;
    const typed = code.slice(start, end).toLowerCase();
    const checker = program.getTypeChecker();
    const file = this.fileOf(program);
    const matches = entries
      .flatMap(({ name: text, kind, sortText, symbol }) => {
        const at = text.toLowerCase().indexOf(typed);
        if (at < 0) return [];
        // Those that begin with it come first, and the cells' own before the platform's.
        const key = `${Math.sign(at)}${earlier.has(text) ? OWN : sortText}`;
        const real = kind === 'alias' && symbol && checker.getAliasedSymbol(symbol);
        const type = real ? this.ts.SymbolDisplay.getSymbolKind(checker, real, file) : kind;
        return [{ key, text, type }];
      })
      .sort((a, b) => a.key.localeCompare(b.key))
      .map(({ text, type }) => ({ text, type }));
    return {
      status: 'ok',
      matches: matches.map(({ text }) => text),
      cursor_start: start,
      cursor_end: end,
      // By these JupyterLab shows what each one is.
      metadata: { _jupyter_types_experimental: matches },
    };
  }

  /** Explains the name at a place of a cell, or the call in whose brackets it is, as TypeScript's editors do. */
  private inspect(declared: Declared, code: string, cursor: number): string {
    this.open(code, declared.usesOf(code), declared);
    const write = this.ts.displayPartsToString;
    const info = this.service.getQuickInfoAtPosition(this.cellPath, cursor);
    const help = this.service.getSignatureHelpItems(this.cellPath, cursor, undefined);
    const items = help?.items ?? [];
    const calls = new Set([...items.slice(help?.selectedItemIndex), ...items]);
    const [found] = info ? [info] : calls;
    // Cells know no difference between a name and one that is imported.
    const lines = info
      ? [write(info.displayParts).replace(/^\(alias\) ([\s\S]*)\n.*$/, '$1')]
      : Array.from(calls, call => {
          const inner = call.parameters.map(({ displayParts }) => write(displayParts));
          const all = inner.join(write(call.separatorDisplayParts));
          return write(call.prefixDisplayParts) + all + write(call.suffixDisplayParts);
        });
    const tags = found?.tags?.map(({ name, text }) => `@${name} ${write(text)}`.trimEnd()) ?? [];
    const about = [write(found?.documentation), ...tags].filter(Boolean);
    return [...lines, ...(about.length > 0 ? ['', ...about] : [])].join('\n');
  }

  /** Tells whether a cell is whole, as a console asks before it runs a line. */
  private completeness(code: string): Answer {
    const faults = this.parse(code).parseDiagnostics;
    if (faults.length === 0) return { status: 'complete' };
    const end = code.trimEnd().length;
    const isOpen = faults.some(({ code }) => OPEN.includes(code));
    const isMissing = faults.every(
      ({ start, messageText }) => start >= end && /expected\.$/.test(String(messageText)),
    );
    return isOpen || isMissing ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
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
      if (name === EVERYWHERE) continue;
      const flags = local | (exportSymbol?.flags ?? 0);
      // A value takes the place of any other, such as a `const` that of a `var`.
      const kinds = [Value, Type, Namespace].filter(kind => flags & kind);
      own.set(name, flags & Alias ? -1 : kinds.reduce((all, kind) => all | kind, 0));
    }
    return own;
  }

  /** Exports what a cell imports, in a line behind it: what it does not use itself, later ones may. */
  private withExports({ text, symbol }: File, own: Own): string {
    const names = [...own].flatMap(([name, flags]) =>
      flags === -1 && !symbol?.exports?.has(name as TypeScript.__String) ? [name] : [],
    );
    return names.length > 0 ? `${text}\n;export { ${names.join(', ')} };` : text;
  }

  /** Makes the program in which a cell finds these names. */
  private open(text: string, uses: Uses, declared: Declared): TypeScript.Program {
    const wanted = new Set([...uses.values()].flat());
    const added = new Map([[this.cellPath, uses]]);
    for (const id of wanted) {
      const cell = declared.modules.get(id);
      if (!cell) continue;
      if (!this.places.has(id)) {
        if (this.places.size === this.room) this.makeRoom(2 * this.room);
        const path = this.pathOf(`__cell_${this.places.size}__`);
        this.places.set(id, path);
        this.write(path, cell.text);
        added.set(path, cell.uses);
      }
      for (const used of [...cell.uses.values()].flat()) wanted.add(used);
    }
    this.write(this.cellPath, text);
    const program = this.service.getProgram();
    if (!program) throw new Error('TypeScript made no program');
    for (const [path, uses] of added) this.enclose(program, path, uses);
    return program;
  }

  private fileOf(program: TypeScript.Program, path = this.cellPath): File {
    return program.getSourceFile(path) as File;
  }

  /** Puts a file in a scope with these names: one for each of the meanings that a name has, inside each other. */
  private enclose(program: TypeScript.Program, path: string, uses: Uses): void {
    const levels: Map<string, TypeScript.Symbol>[] = [];
    for (const [name, ids] of uses) {
      for (const [level, id] of ids.entries()) {
        const path = this.places.get(id);
        const symbol = path && this.fileOf(program, path).locals?.get(name);
        levels[level] ??= new Map();
        if (symbol) levels[level].set(name, symbol.exportSymbol ?? symbol);
      }
    }
    const kind = this.ts.SyntaxKind.Block;
    const around = (parent: unknown, locals: object) => ({ kind, locals, parent });
    const parent = levels.reduceRight<unknown>(around, undefined);
    Object.assign(this.fileOf(program, path), { parent });
  }

  /** Tells what each name of a cell stands for. */
  private meanings(program: TypeScript.Program, own: Own) {
    const { ts } = this;
    const { locals, moduleAugmentations = [] } = this.fileOf(program);
    const { Value, Type, Namespace, Alias } = ts.SymbolFlags;
    const checker = program.getTypeChecker();
    const found: Record<string, number> = {};
    if (moduleAugmentations.length > 0) found[EVERYWHERE] = 0;
    for (const name of own.keys()) {
      const local = locals?.get(name);
      const node = local?.valueDeclaration;
      // `using` ends with its cell.
      if (!local || (node && ts.getCombinedNodeFlags(node) & ts.NodeFlags.Using)) continue;
      const real = local.exportSymbol ?? local;
      const aliased = real.flags & Alias ? checker.getAliasedSymbol(real).flags : 0;
      found[name] = (real.flags | aliased) & (Value | Type | Namespace);
    }
    return found;
  }

  private faults(path: string, code: string): Diagnostic[] {
    const { service } = this;
    return [
      ...service.getSyntacticDiagnostics(path),
      ...service.getSemanticDiagnostics(path),
    ].flatMap(each => this.described(each, code));
  }

  /** Describes an error as those that it consists of. */
  private described(found: TypeScript.Diagnostic, code: string): Diagnostic[] {
    const { file, start: offset = 0 } = found;
    if (!file) return [];
    const isCell = file.fileName === this.cellPath;
    const beside = isCell ? undefined : file.fileName.replace(`${this.host.folder}/`, '');
    // Of what was put behind a cell, it says nothing.
    if (beside?.startsWith('/') || (isCell && offset > code.length)) return [];
    const start = { offset, ...file.getLineAndCharacterOfPosition(offset) };
    const list = (each: string | TypeScript.DiagnosticMessageChain, code: number): Diagnostic[] => {
      const { messageText, next = [] } = typeof each === 'string' ? { messageText: each } : each;
      const one = { start, code, messageText: messageText.replace(FROM_CELL, '') };
      return [
        beside ? { ...one, fileName: beside } : one,
        ...next.flatMap(inner => list(inner, inner.code)),
      ];
    };
    return list(found.messageText, found.code);
  }

  /** Tells whether an earlier name that a cell mentions stands for a value. */
  isValue(declared: Declared, name: string, uses?: Uses): boolean {
    const flagsOf = (id: string) => declared.modules.get(id)?.names[name] ?? 0;
    return uses?.get(name)?.some(id => flagsOf(id) & this.ts.SymbolFlags.Value) ?? false;
  }

  private newModules(files: readonly TypeScript.SourceFile[]): SideModule[] {
    return files.flatMap(({ fileName, text }) => {
      const version = this.versionOf(fileName);
      if (this.given.get(fileName) === version) return [];
      this.given.set(fileName, version);
      const { outputText: data, sourceMapText = '{}' } = this.ts.transpileModule(text, {
        fileName,
        compilerOptions: { ...this.options, module: this.ts.ModuleKind.CommonJS },
      });
      const path = fileName.replace(/\.[jt]sx?$/, '.js');
      return [{ path, data, map: JSON.parse(sourceMapText) }];
    });
  }
}

/** Finds what TypeScript lets pass, and no cell has. */
function refused(cell: TypeScript.SourceFile): Diagnostic[] {
  const offset = maskStrings(cell.text).search(/\bimport\s*\.\s*meta\b/);
  if (offset < 0) return [];
  const start = { offset, ...cell.getLineAndCharacterOfPosition(offset) };
  return [{ start, code: 1343, messageText: 'A cell has no import.meta.' }];
}
