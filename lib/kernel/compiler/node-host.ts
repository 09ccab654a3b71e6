/** The files of the checker on Node, and what its cells find there without an import. */
import { dirname, join } from 'node:path';
import type * as TypeScript from 'typescript-api';
import { Checker } from './checker';
import { libraries } from './libraries';

const slashed = (path: string): string => path.replaceAll('\\', '/');

const folderOf = (name: string): string =>
  slashed(dirname(require.resolve(`${name}/package.json`)));

/** Loads TypeScript, on Node's files. */
export function nodeChecker(): Checker {
  const ts: typeof TypeScript = require('typescript-api');
  const { ScriptTarget, sys } = ts;
  return new Checker(ts, {
    ...sys,
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
      /\/node_modules\/|\.d\.ts$/.test(path) ? '' : String(sys.getModifiedTime?.(path)?.getTime()),
    hash: text => sys.createHash?.(text) ?? text,
  });
}
