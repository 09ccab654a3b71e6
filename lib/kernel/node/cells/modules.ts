/** Modules that cells import: local modules next to the notebook, and rebuilt packages. */
import { readFileSync } from 'node:fs';
import { createRequire, SourceMap } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { normalizeJoin } from 'tslab/dist/tspath';
import type { LocalModule } from '../../typescript/checker';

const { refresh }: typeof import('../../build.cjs') = require('kernel/build.cjs');

const IMPORTS = /\bimport\b|\brequire\b/;
const BUILT = /[\\/]lib[\\/][\w-]+[\\/]dist[\\/][\w.]+$/;

/** Source maps by bundle path. */
const sourceMaps = new Map<string, SourceMap>();

/** Rebuilds the packages if a source has changed and the code imports something. Returns whether a rebuild happened. */
export function rebuildIfStale(code: string): boolean {
  if (!IMPORTS.test(code) || !refresh()) return false;
  for (const file of Object.keys(require.cache)) {
    if (!BUILT.test(file) || file.startsWith(__dirname)) continue;
    delete require.cache[file];
    sourceMaps.delete(file);
  }
  return true;
}

/** Evicts modules after a forced termination, or Node would return partial exports. Must not run during loading. */
export function evictPartialModules(): void {
  for (const [file, module] of Object.entries(require.cache)) {
    if (module && !module.loaded) delete require.cache[file];
  }
}

const localModules = new Map<string, { readonly data: string; exports?: unknown }>();

export function addLocalModules(modules: readonly LocalModule[] = []): void {
  for (const { path, data, map } of modules) {
    localModules.set(path, { data });
    sourceMaps.set(path, new SourceMap(map));
  }
}

/** Returns the `require` of a folder, extended by local modules and tslab. */
export function requireIn(folder: string): NodeJS.Require {
  return new Proxy(createRequire(join(folder, 'cell.js')), {
    apply(load, _, [name]: [string]) {
      if (name === 'tslab') return require(name);
      const file = normalizeJoin(folder, extname(name) ? name : `${name}.js`);
      const localModule = localModules.get(file);
      if (localModule) localModule.exports ??= evaluate(file, localModule.data);
      return localModule ? localModule.exports : load(name);
    },
  });
}

function evaluate(file: string, code: string): unknown {
  const module = { exports: {} };
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
  const load = compileFunction(code, parameters, { filename: file });
  load.call(module.exports, module.exports, requireIn(dirname(file)), module, file, dirname(file));
  return module.exports;
}

/** Prefix of absolute paths, removed from displayed paths. */
const projectPrefix = join(resolve(__dirname, '..', '..', '..'), '/');

/** A stack frame outside cells: the text before the location, and the location. */
const FRAME = /^(?=.*\.js:\d+:\d+\)?$)(\s*at (?:.*? \()?)(.+\.js):(\d+):(\d+)/;

/** Maps a stack frame to the source file, with a path relative to the project. */
export function inSource(line: string): string {
  return line
    .replace(FRAME, (frame, prefix: string, file: string, row: string, column: string) => {
      const entry = mapOf(file)?.findEntry(+row - 1, +column - 1);
      if (!entry || !('originalSource' in entry)) return frame;
      const { originalSource, originalLine, originalColumn } = entry;
      return `${prefix}${join(dirname(file), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    })
    .replace(projectPrefix, '');
}

function mapOf(file: string): SourceMap | undefined {
  if (BUILT.test(file) && !sourceMaps.has(file)) {
    sourceMaps.set(file, new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
  }
  return sourceMaps.get(file);
}
