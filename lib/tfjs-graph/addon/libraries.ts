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
    Object.entries(kept.sizes).every(
      ([path, size]) => statSync(join(folder, path), { throwIfNoEntry: false })?.size === size,
    )
  );
}

/** Returns the folder in which libraries are gathered before they replace others. */
export const partialOf = (folder: string): string => `${folder}.partial`;

/**
 * Keeps the libraries of what is installed in a `site-packages`: links them into a folder, or copies them
 * where that cannot be. The folder takes the place of an older one as a whole.
 */
export function keepLibraries(packages: string, folder: string, spec: string): Kept {
  const partial = partialOf(folder);
  rmSync(partial, { recursive: true, force: true });
  const sizes = Object.fromEntries(
    ['tensorflow', 'tensorflow.libs', 'nvidia']
      .flatMap(top => filesBelow(packages, top))
      .filter(isKept)
      .map(path => [path, take(join(packages, path), join(partial, path))]),
  );
  const kept: Kept = { spec, sizes };
  writeFileSync(recordIn(partial), `${JSON.stringify(kept, undefined, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return kept;
}

/** Lists the files below a folder of another by their paths in the latter, with `/`, in order. */
function filesBelow(parent: string, name: string): string[] {
  const folder = join(parent, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(parent, join(entry.parentPath ?? entry.path, entry.name)))
    .map(path => path.split(sep).join('/'))
    .sort();
}

/** Returns the file's size in bytes. */
function take(source: string, target: string): number {
  mkdirSync(dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
  return statSync(target).size;
}
