/** The files of the checker on Node, and what its cells find there without an import. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as TypeScript from 'typescript-api';
import type { CheckerHost } from './checker';
import { libraries } from './libraries';

const slashed = (path: string): string => path.replaceAll('\\', '/');

const folderOf = (name: string): string =>
  slashed(dirname(require.resolve(`${name}/package.json`)));

export function nodeHost({ ScriptTarget, sys }: typeof TypeScript): CheckerHost {
  const { readFile, fileExists, directoryExists, getDirectories, readDirectory, realpath } = sys;
  return {
    ...{ readFile, fileExists, directoryExists, getDirectories, readDirectory },
    ...(realpath && { realpath }),
    folder: slashed(process.cwd()),
    libFolder: slashed(join(folderOf('typescript-api'), 'lib')),
    options: {
      target: ScriptTarget.ES2024,
      lib: libraries(),
      // As in the running kernel, only Node's names are there without an import: not those of test runners.
      types: ['node'],
      typeRoots: [dirname(folderOf('@types/node'))],
      // The kernel's own, as when the cell runs.
      paths: { tslab: [folderOf('tslab')] },
    },
    globals: [slashed(join(folderOf('kernel'), 'globals.d.ts'))],
    versionOf: path =>
      path.includes('/node_modules/') || path.endsWith('.d.ts')
        ? ''
        : String(statSync(path, { throwIfNoEntry: false })?.mtimeMs),
    hash: text => createHash('sha256').update(text).digest('hex').slice(0, 32),
  };
}
