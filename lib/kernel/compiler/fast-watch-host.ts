/**
 * Spares tslab's converter what it pays for and drops.
 *
 * Each cell is a new program. tslab builds it with the bookkeeping of an incremental build, which
 * looks up every import of every file, twice a cell; and it type-checks whatever TypeScript sources a
 * cell imports from packages, whose errors it does not show.
 */
import type * as TypeScript from 'typescript-api';
import later from './later.json';

/** Parts of TypeScript that its declarations leave out. */
export interface Internal {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}

interface Resolution {
  readonly resolvedModule?: TypeScript.ResolvedModuleFull;
}

type Program = TypeScript.Program & {
  forEachResolvedModule(visit: (found: Resolution) => void, file: TypeScript.SourceFile): void;
};

/** Returns TypeScript's `createWatchCompilerHost` for light programs, whatever is asked for. */
export function fastWatchHost(ts: typeof TypeScript): typeof ts.createWatchCompilerHost {
  type Host = Parameters<typeof ts.createWatchCompilerHost<TypeScript.BuilderProgram>>;
  const create = (...[files, options, system, _builder, ...reporters]: Host) =>
    multiplexTimers(
      ts.createWatchCompilerHost(
        files,
        // As in the running kernel, only Node's names are there without an import: not those of test runners.
        options && {
          ...options,
          ...{
            inlineSourceMap: true,
            types: ['node'],
            lib: librariesOfNode(),
            experimentalDecorators: false,
          },
        },
        system,
        lightProgram(ts as typeof ts & Internal),
        ...reporters,
      ),
    );
  return create as typeof ts.createWatchCompilerHost;
}

function lightProgram(ts: typeof TypeScript & Internal) {
  return (...args: Parameters<TypeScript.CreateProgram<TypeScript.BuilderProgram>>) => {
    const builder = ts.createAbstractBuilder(...args);
    const program = builder.getProgram() as Program;
    const roots = program.getRootFileNames().flatMap(name => program.getSourceFile(name) ?? []);
    // tslab asks for a cell's names before anything is checked.
    for (const root of roots) ts.bindSourceFile(root, program.getCompilerOptions());
    builder.getAllDependencies = file => ownDependencies(program, file);
    const { emit } = builder;
    builder.emit = (file, write, token, onlyTypes, transformers) =>
      // How names outlive their cell, and the value of its last expression, `script.ts` sees to.
      emit(file, write, token, onlyTypes, { ...transformers, after: [withoutOwnExports(ts)] });
    return builder;
  };
}

/** Lists a file and those that it imports, directly or not, but for those of packages. */
function ownDependencies(program: Program, file: TypeScript.SourceFile): string[] {
  const found = new Set([file]);
  for (const each of found) {
    program.forEachResolvedModule(({ resolvedModule }) => {
      if (!resolvedModule || resolvedModule.isExternalLibraryImport) return;
      const imported = program.getSourceFile(resolvedModule.resolvedFileName);
      if (imported) found.add(imported);
    }, each);
  }
  return Array.from(found, ({ fileName }) => fileName);
}

/** What tslab exports for each cell: all its names. */
const withoutOwnExports =
  (ts: typeof TypeScript): TypeScript.TransformerFactory<TypeScript.SourceFile> =>
  () =>
  file =>
    /\/__tslab__\.ts$/.test(file.fileName)
      ? ts.factory.updateSourceFile(
          file,
          file.statements.filter(statement => !ts.isExportDeclaration(statement)),
        )
      : file;

/** Names TypeScript's declarations of the JavaScript that the Node at hand has; `later.json` says what shows it. */
const librariesOfNode = (): string[] =>
  ['es2023', ...Object.entries(later).flatMap(([name, path]) => (exists(path) ? name : []))].map(
    name => `lib.${name}.d.ts`,
  );

/** Tells whether there is what a path such as `Map.groupBy` names; calls no getter of a prototype. */
function exists(path: string): boolean {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<object>((found, name) => Reflect.get(found, name), globalThis);
  return last in holder;
}

type Timers = Pick<TypeScript.WatchHost, 'setTimeout' | 'clearTimeout'>;

/**
 * Returns a host whose timers are all fired by the one that tslab has room for. TypeScript sets one for a
 * cell, and one more if a folder changes in which an import was looked for in vain, as at an `npm install`;
 * tslab would take that for a fault, and so it would in every later cell.
 */
function multiplexTimers<Host extends Timers>(host: Host): Host {
  const waiting = new Set<() => void>();
  let fires = false;
  const fireAll = () => {
    // One may set another, which is fired as well.
    for (const callback of waiting) {
      waiting.delete(callback);
      callback();
    }
    fires = false;
  };
  return {
    ...host,
    setTimeout(callback: () => void, ms: number) {
      waiting.add(callback);
      if (!fires) {
        fires = true;
        host.setTimeout?.(fireAll, ms);
      }
      return callback;
    },
    clearTimeout: (callback: () => void) => waiting.delete(callback),
  };
}
