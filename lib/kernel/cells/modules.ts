/** The modules that cells import: those beside the notebook, and those of packages that have changed. */
import { readFileSync } from 'node:fs';
import { createRequire, SourceMap } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { normalizeJoin } from 'tslab/dist/tspath';
import type { SideModule } from '../compiler/checker';

const { refresh }: typeof import('../build.cjs') = require('kernel/build.cjs');

const IMPORTS = /\bimport\b|\brequire\b/;
const BUILT = /[\\/]lib[\\/][\w-]+[\\/]dist[\\/][\w.]+$/;

/** The maps from what was built to its sources, by its files. */
const maps = new Map<string, SourceMap>();

/** Builds the packages anew if a source has changed and the code imports something. Returns whether it has. */
export function refreshFor(code: string): boolean {
  if (!IMPORTS.test(code) || !refresh()) return false;
  for (const file of Object.keys(require.cache)) {
    if (!BUILT.test(file) || file.startsWith(__dirname)) continue;
    delete require.cache[file];
    maps.delete(file);
  }
  return true;
}

/**
 * Forgets modules whose code was broken off by force: Node would go on to give out what they had exported
 * until then. Called while nothing is being loaded.
 */
export function evictPartialModules(): void {
  for (const [file, module] of Object.entries(require.cache)) {
    if (module && !module.loaded) delete require.cache[file];
  }
}

/** Modules beside the notebook, by their files. */
const beside = new Map<string, { readonly data: string; exports?: unknown }>();

/** Takes over modules that are new or have changed. */
export function takeModules(modules: readonly SideModule[] = []): void {
  for (const { path, data, map } of modules) {
    beside.set(path, { data });
    maps.set(path, new SourceMap(map));
  }
}

/** Returns the `require` of a folder, which finds those modules and tslab as well. */
export function requireIn(folder: string): NodeJS.Require {
  return new Proxy(createRequire(join(folder, 'cell.js')), {
    apply(load, _, [name]: [string]) {
      if (name === 'tslab') return require(name);
      const file = normalizeJoin(folder, extname(name) ? name : `${name}.js`);
      const own = beside.get(file);
      if (own) own.exports ??= run(file, own.data);
      return own ? own.exports : load(name);
    },
  });
}

function run(file: string, code: string): unknown {
  const module = { exports: {} };
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const work = compileFunction(code, names, { filename: file });
  work.call(module.exports, module.exports, requireIn(dirname(file)), module, file, dirname(file));
  return module.exports;
}

/** Paths of the project are shown from it on. */
const project = join(resolve(__dirname, '..', '..', '..'), '/');

/** A line of a stack that is no cell's: what comes before the place, and the place. */
const FRAME = /^(?=.*\.js:\d+:\d+\)?$)(\s*at (?:.*? \()?)(.+\.js):(\d+):(\d+)/;

/** Rewrites a line of a stack: its path from the project on, its place in the source. */
export function inSource(line: string): string {
  return line
    .replace(FRAME, (built, before: string, file: string, row: string, column: string) => {
      const entry = mapOf(file)?.findEntry(+row - 1, +column - 1);
      if (!entry || !('originalSource' in entry)) return built;
      const { originalSource, originalLine, originalColumn } = entry;
      return `${before}${join(dirname(file), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    })
    .replace(project, '');
}

function mapOf(file: string): SourceMap | undefined {
  if (BUILT.test(file) && !maps.has(file)) {
    maps.set(file, new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
  }
  return maps.get(file);
}
