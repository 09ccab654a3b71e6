/** TensorFlow's libraries, which TensorFlow.js computes with: of its wheel's 12,000 files, some hundred. */
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { sizeOf } from './cache';

/** The machines for which there is a wheel with TensorFlow's libraries, and whether they were tried. */
export const WITH_LIBRARIES: Readonly<Record<string, boolean>> = {
  'linux-x64': true,
  'linux-arm64': false,
  'darwin-arm64': false,
};

/**
 * Returns the name of a machine, such as `linux-x64`. TensorFlow's wheels are built for Linux with glibc;
 * a Node that is built for musl, as on Alpine, cannot load them, and says so in the name.
 */
export const machineName = (
  platform: string = process.platform,
  arch: string = process.arch,
  musl = platform === 'linux' && !hasGlibc(),
): string => `${platform}-${arch}${musl ? ' (musl)' : ''}`;

function hasGlibc(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}

/** Installs packages, such as `ziglang==0.15.2`, into a folder, without those that they depend on. */
export type Fetch = (specs: readonly string[], folder: string) => Promise<void>;

/** Written when they are whole: which wheel they are of, and the files' sizes in bytes. */
export interface Kept {
  readonly spec: string;
  readonly sizes: Readonly<Record<string, number>>;
}

/** The wheel without CUDA, on Linux for x64, has a name of its own. */
export const wheelName = (machine: string, gpu: boolean): string =>
  machine === 'linux-x64' && !gpu ? 'tensorflow-cpu' : 'tensorflow';

/** Selects the files to keep: the two libraries, the headers of their C interface, and the libraries of others. */
const isKept = (path: string) =>
  /^tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)$/.test(path) ||
  /^(tensorflow\.libs|nvidia)\//.test(path) ||
  /^tensorflow\/include\/(.+\/c\/.+|tensorflow\/core\/platform\/ctstring.*|tsl\/platform\/(ctstring.*|platform))\.h$/.test(
    path,
  );

const recordIn = (folder: string) => join(folder, 'tfjs-graph-libraries.json');

/** Returns what a folder holds; `undefined` if that is nothing whole. */
export function keptIn(folder: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(recordIn(folder), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Tells whether a folder holds the libraries of a wheel, each file in its size. */
export function areIntact(folder: string, spec: string): boolean {
  const kept = keptIn(folder);
  return (
    kept?.spec === spec &&
    Object.entries(kept.sizes).every(([path, size]) => sizeOf(join(folder, path)) === size)
  );
}

/**
 * Names the folder beside one of libraries that takes the wheels and, in `kept`, what is kept of them before
 * it replaces others. It stays where whoever fetched them was killed.
 */
export const scratchOf = (folder: string): string => `${folder}.wheel`;

/**
 * Keeps the libraries of what is installed in a `site-packages`: links them into a folder, or copies them
 * where that cannot be. The folder takes the place of an older one as a whole.
 */
export function keepLibraries(packages: string, folder: string, spec: string): Kept {
  const whole = join(scratchOf(folder), 'kept');
  rmSync(whole, { recursive: true, force: true });
  const sizes = Object.fromEntries(
    ['tensorflow', 'tensorflow.libs', 'nvidia']
      .flatMap(top => filesBelow(packages, top))
      .filter(isKept)
      .map(path => [path, take(join(packages, path), join(whole, path))]),
  );
  const kept: Kept = { spec, sizes };
  writeFileSync(recordIn(whole), `${JSON.stringify(kept, undefined, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(whole, folder);
  rmSync(scratchOf(folder), { recursive: true });
  return kept;
}

/** Lists the files below a folder of another by their paths in the latter, with `/`, in order. */
function filesBelow(parent: string, name: string): string[] {
  const folder = join(parent, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(parent, join(entry.parentPath, entry.name)))
    .map(path => path.split(sep).join('/'))
    .sort();
}

/** Links a file to another place, or copies it where that cannot be. Returns its size in bytes. */
export function take(source: string, target: string): number {
  mkdirSync(dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
  return statSync(target).size;
}

/**
 * Fetches wheels and keeps their libraries in a folder.
 *
 * @param specs TensorFlow, such as `tensorflow-cpu==2.20.0`, before all others.
 */
export async function fetchLibraries(
  specs: readonly [string, ...string[]],
  folder: string,
  fetch: Fetch,
): Promise<Kept> {
  const scratch = scratchOf(folder);
  rmSync(scratch, { recursive: true, force: true });
  try {
    await fetch(specs, scratch);
    return keepLibraries(scratch, folder, specs[0]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Removes the folders that a command which was killed has left. */
export function removeLeft(parent: string, isLeft: (name: string) => boolean): void {
  for (const name of readdirSync(parent).filter(isLeft)) {
    rmSync(join(parent, name), { recursive: true });
  }
}
