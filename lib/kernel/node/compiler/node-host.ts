/** The checker on Node's file system. */
import { dirname, join } from 'node:path';
import type * as TypeScript from 'typescript-api';
import { Checker } from '../../typescript/checker';
import { libraries } from '../../typescript/libraries';

const toPosix = (path: string): string => path.replaceAll('\\', '/');

const folderOf = (name: string): string =>
  toPosix(dirname(require.resolve(`${name}/package.json`)));

/** Loads TypeScript and creates a checker. */
export function createNodeChecker(): Checker {
  const ts: typeof TypeScript = require('typescript-api');
  const { ScriptTarget, sys } = ts;
  return new Checker(ts, {
    ...sys,
    folder: toPosix(process.cwd()),
    libFolder: toPosix(join(folderOf('typescript-api'), 'lib')),
    options: {
      target: ScriptTarget.ES2024,
      lib: libraries(),
      // Without an import, cells know only Node's globals: test runners' globals are excluded.
      types: ['node'],
      typeRoots: [dirname(folderOf('@types/node'))],
      // The kernel's tslab, as at run time.
      paths: { tslab: [folderOf('tslab')] },
    },
    globals: [toPosix(join(folderOf('kernel'), 'globals.d.ts'))],
    versionOf: path =>
      /\/node_modules\/|\.d\.ts$/.test(path) ? '' : String(sys.getModifiedTime?.(path)?.getTime()),
    hash: text => sys.createHash?.(text) ?? text,
  });
}
