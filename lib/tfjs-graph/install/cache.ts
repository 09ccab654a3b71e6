/** The user's cache of TensorFlow's libraries, shared by all projects. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import wheels from './wheels.json';

/** A file in a wheel on PyPI. `start` and `size` locate the compressed bytes. */
export interface Part {
  readonly start: number;
  readonly size: number;
  readonly unpacked: number;
  readonly sha256: string;
}

/** The required files of a wheel on PyPI. */
export interface Wheel {
  readonly file: string;
  /** Folder name in the cache; defaults to the wheel's name. */
  readonly folder?: string;
  readonly files: Readonly<Record<string, Part>>;
}

/** The system's name in addon packages, such as `linux-x64`. */
export const SYSTEM = `${process.platform}-${process.arch}`;

/** The wheel for this system; undefined if PyPI has no wheel. */
export const wheel = (wheels as Readonly<Record<string, Wheel>>)[SYSTEM];

export function cacheFolder(): string {
  const { TFJS_GRAPH_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (TFJS_GRAPH_CACHE) return resolve(TFJS_GRAPH_CACHE);
  const folders = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), ...folders), 'tfjs-graph');
}

export const folderOf = ({ file, folder }: Wheel, cache = cacheFolder()): string =>
  join(cache, folder ?? file.replace('.whl', ''));

/** Returns whether all files are cached with the right size. Loading a truncated library would crash the process. */
export const isCached = (wheel: Wheel, cache?: string): boolean =>
  Object.entries(wheel.files).every(([path, { unpacked }]) => {
    const file = join(folderOf(wheel, cache), path);
    return statSync(file, { throwIfNoEntry: false })?.size === unpacked;
  });

/** Resolves a package or a package's file; undefined if missing. Bundlers do not follow this call. */
export function find(name: string): string | undefined {
  try {
    return createRequire(__filename).resolve(name);
  } catch {
    return undefined;
  }
}

/** Copies an addon next to a wheel's libraries and returns the new path. */
export const placeAddon = (addon: string, wheel: Wheel): string =>
  placeBeside(addon, join(folderOf(wheel), dirname(Object.keys(wheel.files).at(-1) as string)));

/** Copies an addon into a library folder, including the addon's own DLLs on Windows. */
export function placeBeside(addon: string, folder: string): string {
  const hash = sha256(addon);
  const placed = join(folder, `tfjs-graph-${hash?.slice(0, 16)}.node`);
  if (sha256(placed) === hash) return placed;
  const dlls = readdirSync(dirname(addon)).filter(name => name.endsWith('.dll'));
  for (const name of dlls) copyWhole(join(dirname(addon), name), join(folder, name));
  copyWhole(addon, placed);
  return placed;
}

/** Returns a file's SHA-256; undefined if unreadable. */
export function sha256(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

/** Copies a file atomically. */
export function copyWhole(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, `${target}.${process.pid}`);
  renameSync(`${target}.${process.pid}`, target);
}
