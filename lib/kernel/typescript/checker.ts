/**
 * Type-checks, transpiles, completes and inspects cells with TypeScript's language service. A host provides
 * files and options, so the checker runs on Node and in browsers.
 *
 * Each cell is a module inside a block scope with names from earlier cells, because TypeScript resolves names
 * in the parent nodes of a file. So an earlier name keeps the declared type, and TypeScript reuses the program.
 * Imports would create a new program.
 */
import type { SourceMapPayload } from 'node:module';
import type * as TypeScript from 'typescript-api';
import { maskStrings } from '../cell/errors/code';
import type { Diagnostic } from '../cell/errors/failed';
import type { Script } from '../cell/script/script';
import type { Answer, Question } from '../cell/worker-messages';
import { type CellScope, type Declaration, GLOBALS, type NameFlags, type Uses } from './declared';

/** Files and options of a platform. Paths are absolute, with `/`. */
export interface CheckerHost
  extends Pick<
    TypeScript.LanguageServiceHost,
    'readFile' | 'fileExists' | 'directoryExists' | 'getDirectories' | 'readDirectory' | 'realpath'
  > {
  readonly folder: string;
  /** The folder of TypeScript's library declarations, such as `lib.es5.d.ts`. */
  readonly libFolder: string;
  /** Platform options: `target`, `lib` as file names, `types`, `typeRoots`, `paths`. */
  readonly options: TypeScript.CompilerOptions;
  /** Paths of declaration files for the globals of cells. */
  readonly globals: readonly string[];
  /** Returns the version of a file, different after each change. */
  versionOf(path: string): string;
  /** Returns an alphanumeric hash of a text. */
  hash(text: string): string;
}

/** A local module (a file next to the notebook) as CommonJS. */
export interface LocalModule {
  readonly path: string;
  readonly data: string;
  readonly map: SourceMapPayload;
}

/** TypeScript's result for a cell: only diagnostics if the cell has errors. */
export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly declaration?: Declaration;
  readonly javaScript?: string;
  /** Maps the JavaScript to the cell. */
  readonly map?: SourceMapPayload;
  /** New or changed local modules that the cell imports. */
  readonly sideModules?: readonly LocalModule[];
}

export interface Compiled extends Omit<CheckResult, 'javaScript'> {
  /** The script. `moves` maps the script to TypeScript's JavaScript. */
  readonly output?: string;
  readonly moves?: Script['moves'];
}

/** TypeScript with undeclared internal functions. */
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

/** Error codes of `*\/ expected` and `Unterminated template literal`: more input may complete the code. */
const UNTERMINATED_CODES = [1010, 1160];

/** Error codes of an unknown value or type; the second code suggests another name. */
const UNKNOWN_NAME_CODES = [2304, 2552, 2503];

/** TypeScript's prefix of a type name that is ambiguous. */
const CELL_IMPORT = /import\("(?=[^"]*\/__cell)[^"]*"\)\./g;

/** TypeScript's sort key of completions from the same file. */
const SAME_FILE_SORT_KEY = '11';

/** The path of a local module, excluding packages, declaration files and cells. */
const LOCAL_PATH = /^(?!.*\/(node_modules\/|__cell)).*(?<!\.d)\.[jt]sx?$/;

/** The import of a local module. The file may change, or be written by an earlier cell. */
export const LOCAL_IMPORT = /['"`]\.{1,2}\//;

export class Checker {
  private readonly ts: Internal;
  private readonly options: TypeScript.CompilerOptions;
  private readonly service: TypeScript.LanguageService;
  private readonly cellPath: string;
  /** Snapshots of the current cell and of earlier cells in use, by path. */
  private readonly cellFiles = new Map<string, Snapshot>();
  /** Paths of earlier cells by id. Unused files are reserved, because adding a file recreates the program. */
  private readonly cellPaths = new Map<string, string>();
  private slots = 0;
  /** Last transpiled version of each local module. */
  private readonly transpiledVersions = new Map<string, string>();
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
      rewriteRelativeImportExtensions: true,
      newLine: ts.NewLineKind.LineFeed,
      ...host.options,
    };
    this.write(this.cellPath, '');
    this.ensureSlots(32);
    // Keep released documents, because the next cell may need them.
    const registry = { ...ts.createDocumentRegistry(), releaseDocumentWithKey: () => {} };
    this.service = ts.createLanguageService(this.serviceHost(), registry);
  }

  private serviceHost(): TypeScript.LanguageServiceHost {
    const { ts, host, options, cellFiles } = this;
    const fileExists = (path: string) => cellFiles.has(path) || host.fileExists(path);
    const resolutionHost = { ...host, fileExists, getCurrentDirectory: () => host.folder };
    const cache = ts.createModuleResolutionCache(host.folder, name => name, options);
    /** Snapshots of files on disk: every program requests all files again. */
    const files: typeof cellFiles = new Map();
    return {
      ...resolutionHost,
      useCaseSensitiveFileNames: () => true,
      getCompilationSettings: () => options,
      getDefaultLibFileName: () => `${host.libFolder}/lib.d.ts`,
      getScriptFileNames: () => [...cellFiles.keys(), ...host.globals],
      getProjectVersion: () => String(this.version),
      getScriptVersion: path => this.versionOf(path),
      getScriptSnapshot: path => {
        const version = this.versionOf(path);
        const cached = cellFiles.get(path) ?? files.get(path);
        if (cached?.version === version) return cached;
        const text = host.readFile(path);
        if (text !== undefined) files.set(path, this.snapshot(text, version));
        return text === undefined ? undefined : files.get(path);
      },
      // The shared cache saves parsing every package.json for each program.
      ...{ getModuleResolutionCache: () => cache },
      resolveModuleNameLiterals: (literals, from) => {
        // A missing package may be installed before the next cell.
        const cached = from.includes('/node_modules/') ? cache : undefined;
        // Resolve like the `require` of the execution.
        const mode = ts.ModuleKind.CommonJS;
        return literals.map(({ text }) =>
          ts.resolveModuleName(text, from, options, resolutionHost, cached, undefined, mode),
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
    this.cellFiles.set(path, this.snapshot(text, String(++this.version)));
  }

  private ensureSlots(count: number): void {
    for (; this.slots < count; this.slots++) this.write(this.pathOf(`__cell_${this.slots}__`), '');
  }

  private versionOf(path: string): string {
    return this.cellFiles.get(path)?.version ?? this.host.versionOf(path);
  }

  /** Type-checks and transpiles a cell. */
  compile(scope: CellScope, code: string): CheckResult {
    const cell = this.parse(code);
    const syntaxDiagnostics = [
      ...cell.parseDiagnostics.flatMap(diagnostic => this.flattenDiagnostic(diagnostic, code)),
      ...importMetaDiagnostics(cell),
    ];
    if (syntaxDiagnostics.length > 0) return { diagnostics: syntaxDiagnostics };
    const names = this.declaredNamesOf(cell);
    const uses = scope.usesOf(code, names);
    const text = this.withExports(cell, names);
    let program = this.openProgram(text, uses, scope);
    let errors = this.diagnosticsOf(this.cellPath, code);
    if (errors.some(({ code }) => UNKNOWN_NAME_CODES.includes(code))) {
      // Add all names, so that TypeScript can suggest similar names.
      program = this.openProgram(text, scope.namesLike(''), scope);
      errors = this.diagnosticsOf(this.cellPath, code);
    }
    const localFiles = program.getSourceFiles().filter(({ fileName }) => LOCAL_PATH.test(fileName));
    const diagnostics = [
      ...errors,
      ...localFiles.flatMap(file => this.diagnosticsOf(file.fileName, code)),
    ];
    if (diagnostics.length > 0) return { diagnostics };
    const declaration: Declaration = {
      id: LOCAL_IMPORT.test(code) ? crypto.randomUUID() : this.host.hash(scope.keyOf(code, names)),
      text: code,
      names: this.symbolFlagsOf(program, names),
      uses,
    };
    const { outputFiles } = this.service.getEmitOutput(this.cellPath);
    const [map = '', javaScript = ''] = outputFiles.map(({ text }) => text);
    const sideModules = this.transpileChanged(localFiles);
    return { diagnostics, declaration, javaScript, map: JSON.parse(map), sideModules };
  }

  /** Answers a question about code in the form of a Jupyter reply. */
  answer(scope: CellScope, question: Question): Answer {
    const { type, code } = question;
    if (type === 'is_complete') return this.completeness(code);
    if (type === 'complete') return this.complete(scope, code, question.cursor);
    const text = this.inspect(scope, code, question.cursor);
    // TypeScript describes an unknown name as `any`.
    const isKnown = text !== '' && text !== 'any';
    const data = isKnown ? { 'text/plain': text } : {};
    return { status: 'ok', found: isKnown, data, metadata: {} };
  }

  private complete(scope: CellScope, code: string, cursor: number): Answer {
    const [prefix = ''] =
      /(?<![\p{ID_Continue}$])[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor)) ?? [];
    const [suffix = ''] = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor)) ?? [];
    const cellNames = scope.namesLike(prefix + suffix);
    const uses = new Map([...scope.usesOf(code), ...cellNames]);
    const program = this.openProgram(code, uses, scope);
    const completions = this.service.getCompletionsAtPosition(this.cellPath, cursor, {
      includeSymbol: true,
    } as TypeScript.GetCompletionsAtPositionOptions);
    const entries = completions?.entries ?? [];
    // The completion of a path replaces several words.
    const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
    const start = span?.start ?? cursor - prefix.length;
    const end = span ? span.start + span.length : cursor + suffix.length;
    const typed = code.slice(start, end).toLowerCase();
    const checker = program.getTypeChecker();
    const file = this.fileOf(program);
    const matches = entries
      .flatMap(({ name: text, kind, sortText, symbol }) => {
        const matchIndex = text.toLowerCase().indexOf(typed);
        if (matchIndex < 0) return [];
        // Matches at the start come first, then names of cells before names of the platform.
        const key = `${Math.sign(matchIndex)}${cellNames.has(text) ? SAME_FILE_SORT_KEY : sortText}`;
        const resolved = kind === 'alias' && symbol && checker.getAliasedSymbol(symbol);
        const type = resolved ? this.ts.SymbolDisplay.getSymbolKind(checker, resolved, file) : kind;
        return [{ key, text, type }];
      })
      .sort((a, b) => a.key.localeCompare(b.key))
      .map(({ text, type }) => ({ text, type }));
    return {
      status: 'ok',
      matches: matches.map(({ text }) => text),
      cursor_start: start,
      cursor_end: end,
      // JupyterLab shows the kind of each completion.
      metadata: { _jupyter_types_experimental: matches },
    };
  }

  /** Describes the name at the cursor, or the enclosing call, like TypeScript's editors. */
  private inspect(scope: CellScope, code: string, cursor: number): string {
    this.openProgram(code, scope.usesOf(code), scope);
    const write = this.ts.displayPartsToString;
    const info = this.service.getQuickInfoAtPosition(this.cellPath, cursor);
    const help = this.service.getSignatureHelpItems(this.cellPath, cursor, undefined);
    const items = help?.items ?? [];
    const calls = new Set([...items.slice(help?.selectedItemIndex), ...items]);
    const [item] = info ? [info] : calls;
    // Cells do not distinguish imported names, so drop the alias prefix.
    const lines = info
      ? [write(info.displayParts).replace(/^\(alias\) ([\s\S]*)\n.*$/, '$1')]
      : Array.from(calls, call => {
          const parameters = call.parameters.map(({ displayParts }) => write(displayParts));
          const parameterList = parameters.join(write(call.separatorDisplayParts));
          return write(call.prefixDisplayParts) + parameterList + write(call.suffixDisplayParts);
        });
    const tags = item?.tags?.map(({ name, text }) => `@${name} ${write(text)}`.trimEnd()) ?? [];
    const about = [write(item?.documentation), ...tags].filter(Boolean);
    return [...lines, ...(about.length > 0 ? ['', ...about] : [])].join('\n');
  }

  /** Returns whether a cell is complete; a console asks before the execution of a line. */
  private completeness(code: string): Answer {
    const diagnostics = this.parse(code).parseDiagnostics;
    if (diagnostics.length === 0) return { status: 'complete' };
    const end = code.trimEnd().length;
    const isOpen = diagnostics.some(({ code }) => UNTERMINATED_CODES.includes(code));
    const isMissing = diagnostics.every(
      ({ start, messageText }) => start >= end && /expected\.$/.test(String(messageText)),
    );
    return isOpen || isMissing ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
  }

  /** Parses a cell alone, without text added later. */
  private parse(code: string): File {
    const file = this.ts.createSourceFile(this.cellPath, code, {
      languageVersion: this.options.target ?? this.ts.ScriptTarget.Latest,
      setExternalModuleIndicator: file => Object.assign(file, { externalModuleIndicator: true }),
    }) as File;
    this.ts.bindSourceFile(file, this.options);
    return file;
  }

  /** Returns the top-level names of a cell. */
  listNames(code: string): NameFlags {
    return this.declaredNamesOf(this.parse(code));
  }

  private declaredNamesOf({ locals }: File): NameFlags {
    const { Value, Type, Namespace, Alias } = this.ts.SymbolFlags;
    const names = new Map<string, number>();
    for (const [name, { flags: local, exportSymbol }] of locals ?? []) {
      if (name === GLOBALS) continue;
      const flags = local | (exportSymbol?.flags ?? 0);
      // A new value replaces any earlier value: a `const` replaces a `var`.
      const kinds = [Value, Type, Namespace].filter(kind => flags & kind);
      names.set(name, flags & Alias ? -1 : kinds.reduce((mask, kind) => mask | kind, 0));
    }
    return names;
  }

  /** Appends exports for the cell's imports: later cells may use imports unused in the cell. */
  private withExports({ text, symbol }: File, names: NameFlags): string {
    const imports = [...names].flatMap(([name, flags]) =>
      flags === -1 && !symbol?.exports?.has(name as TypeScript.__String) ? [name] : [],
    );
    return imports.length > 0 ? `${text}\n;export { ${imports.join(', ')} };` : text;
  }

  private openProgram(text: string, uses: Uses, scope: CellScope): TypeScript.Program {
    const ids = new Set([...uses.values()].flat());
    const changedFiles = new Map([[this.cellPath, uses]]);
    for (const id of ids) {
      const cell = scope.modules.get(id);
      if (!cell) continue;
      if (!this.cellPaths.has(id)) {
        if (this.cellPaths.size === this.slots) this.ensureSlots(2 * this.slots);
        const path = this.pathOf(`__cell_${this.cellPaths.size}__`);
        this.cellPaths.set(id, path);
        this.write(path, cell.text);
        changedFiles.set(path, cell.uses);
      }
      for (const used of [...cell.uses.values()].flat()) ids.add(used);
    }
    this.write(this.cellPath, text);
    const program = this.service.getProgram();
    if (!program) throw new Error('TypeScript made no program');
    for (const [path, uses] of changedFiles) this.setScope(program, path, uses);
    return program;
  }

  private fileOf(program: TypeScript.Program, path = this.cellPath): File {
    return program.getSourceFile(path) as File;
  }

  /** Wraps a file in nested block scopes with these names: a scope per meaning of a name. */
  private setScope(program: TypeScript.Program, path: string, uses: Uses): void {
    const levels: Map<string, TypeScript.Symbol>[] = [];
    for (const [name, ids] of uses) {
      for (const [level, id] of ids.entries()) {
        const path = this.cellPaths.get(id);
        const symbol = path && this.fileOf(program, path).locals?.get(name);
        levels[level] ??= new Map();
        if (symbol) levels[level].set(name, symbol.exportSymbol ?? symbol);
      }
    }
    const kind = this.ts.SyntaxKind.Block;
    const wrap = (parent: unknown, locals: object) => ({ kind, locals, parent });
    const parent = levels.reduceRight<unknown>(wrap, undefined);
    Object.assign(this.fileOf(program, path), { parent });
  }

  private symbolFlagsOf(program: TypeScript.Program, names: NameFlags) {
    const { ts } = this;
    const { locals, moduleAugmentations = [] } = this.fileOf(program);
    const { Value, Type, Namespace, Alias } = ts.SymbolFlags;
    const checker = program.getTypeChecker();
    const flags: Record<string, number> = {};
    if (moduleAugmentations.length > 0) flags[GLOBALS] = 0;
    for (const name of names.keys()) {
      const local = locals?.get(name);
      const node = local?.valueDeclaration;
      // A `using` declaration ends with the cell.
      if (!local || (node && ts.getCombinedNodeFlags(node) & ts.NodeFlags.Using)) continue;
      const resolved = local.exportSymbol ?? local;
      const aliased = resolved.flags & Alias ? checker.getAliasedSymbol(resolved).flags : 0;
      flags[name] = (resolved.flags | aliased) & (Value | Type | Namespace);
    }
    return flags;
  }

  private diagnosticsOf(path: string, code: string): Diagnostic[] {
    const { service } = this;
    return [
      ...service.getSyntacticDiagnostics(path),
      ...service.getSemanticDiagnostics(path),
    ].flatMap(diagnostic => this.flattenDiagnostic(diagnostic, code));
  }

  /** Returns a diagnostic for each message in the chain of messages. */
  private flattenDiagnostic(diagnostic: TypeScript.Diagnostic, code: string): Diagnostic[] {
    const { file, start: offset = 0 } = diagnostic;
    if (!file) return [];
    const isCell = file.fileName === this.cellPath;
    const modulePath = isCell ? undefined : file.fileName.replace(`${this.host.folder}/`, '');
    // Ignore errors in the appended exports.
    if (modulePath?.startsWith('/') || (isCell && offset > code.length)) return [];
    const start = { offset, ...file.getLineAndCharacterOfPosition(offset) };
    const list = (item: string | TypeScript.DiagnosticMessageChain, code: number): Diagnostic[] => {
      const { messageText, next = [] } = typeof item === 'string' ? { messageText: item } : item;
      const entry = { start, code, messageText: messageText.replace(CELL_IMPORT, '') };
      return [
        modulePath ? { ...entry, fileName: modulePath } : entry,
        ...next.flatMap(inner => list(inner, inner.code)),
      ];
    };
    return list(diagnostic.messageText, diagnostic.code);
  }

  /** Returns whether an earlier name used by a cell is a value. */
  isValue(scope: CellScope, name: string, uses?: Uses): boolean {
    const flagsOf = (id: string) => scope.modules.get(id)?.names[name] ?? 0;
    return uses?.get(name)?.some(id => flagsOf(id) & this.ts.SymbolFlags.Value) ?? false;
  }

  private transpileChanged(files: readonly TypeScript.SourceFile[]): LocalModule[] {
    return files.flatMap(({ fileName, text }) => {
      const version = this.versionOf(fileName);
      if (this.transpiledVersions.get(fileName) === version) return [];
      this.transpiledVersions.set(fileName, version);
      const { outputText: data, sourceMapText = '{}' } = this.ts.transpileModule(text, {
        fileName,
        compilerOptions: { ...this.options, module: this.ts.ModuleKind.CommonJS },
      });
      const path = fileName.replace(/\.[jt]sx?$/, '.js');
      return [{ path, data, map: JSON.parse(sourceMapText) }];
    });
  }
}

/** Returns an error for `import.meta`: accepted by TypeScript, unsupported in a cell. */
function importMetaDiagnostics(cell: TypeScript.SourceFile): Diagnostic[] {
  const offset = maskStrings(cell.text).search(/\bimport\s*\.\s*meta\b/);
  if (offset < 0) return [];
  const start = { offset, ...cell.getLineAndCharacterOfPosition(offset) };
  return [{ start, code: 1343, messageText: 'A cell has no import.meta.' }];
}
