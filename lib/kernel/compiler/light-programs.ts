/**
 * Spares tslab's converter what it pays for and drops.
 *
 * Each cell is a new program. tslab builds it with the bookkeeping of an incremental build, which
 * looks up every import of every file, twice a cell; and it type-checks the TypeScript sources of
 * the packages that a cell imports, ours among them, whose errors it does not show. Without this
 * "Run All" ends after 7.2 s, takes 10.4 s of processor time, and leaves the kernel with half as
 * much memory again.
 */
import type * as TypeScript from 'typescript-api';
import { namesOfNode } from './libraries';
import { multiplexTimers } from './multiplex-timers';
import { mapped } from './source-maps';

/** Parts of TypeScript that its declarations leave out. */
interface Internal {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}

interface Resolution {
  readonly resolvedModule?: TypeScript.ResolvedModuleFull;
}

type Program = TypeScript.Program & {
  forEachResolvedModule(visit: (found: Resolution) => void, file: TypeScript.SourceFile): void;
};

/** Returns TypeScript's `createWatchCompilerHost` for light programs, whatever is asked for. */
export function lightHosts(ts: typeof TypeScript): typeof ts.createWatchCompilerHost {
  type Host = Parameters<typeof ts.createWatchCompilerHost<TypeScript.BuilderProgram>>;
  const create = (...[files, options, system, _builder, ...reporters]: Host) =>
    multiplexTimers(
      ts.createWatchCompilerHost(
        files,
        // As in the running kernel, only Node's names are there without an import: not those of test runners.
        options && {
          ...mapped(options),
          ...{ types: ['node'], lib: namesOfNode(), experimentalDecorators: false },
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
