/** Takes the addon's TensorFlow from PyPI, or from what is installed. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { areIntact, type Kept, keepLibraries, partialOf, wheelName } from './libraries';
import { AddonError, type Run } from './process';
import { fetchPackage, TENSORFLOW } from './pypi';

interface Wanted {
  /** Such as `linux-x64`. */
  readonly machine: string;
  /** A folder that the user names. */
  readonly given: string | undefined;
  readonly python: string | undefined;
  readonly run: Run;
  readonly say: (line: string) => void;
}

/**
 * Gives a package of TensorFlow.js its libraries of TensorFlow, in its folder `deps`.
 *
 * @returns the folder of the libraries, and what they are of.
 * @throws AddonError if they cannot be had.
 */
export async function provideLibraries(
  tfjs: string,
  wanted: Wanted,
): Promise<{ readonly folder: string; readonly spec: string }> {
  const { machine, given, say } = wanted;
  const installed = given === undefined ? undefined : installedIn(resolve(given));
  const spec = installed?.spec ?? `${wheelName(machine, false)}==${TENSORFLOW}`;
  const folder = join(tfjs, 'deps', spec.replace('==', '-'));
  if (!areIntact(folder, spec)) {
    removeLeft(dirname(folder));
    if (installed) {
      say(`Taking the libraries of ${spec} from ${installed.packages}`);
      keepLibraries(installed.packages, folder, spec);
    } else {
      say(`Fetching ${spec} from PyPI, about 260 MB`);
      const { sizes } = await fetchLibraries(spec, folder, wanted);
      const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
      say(`Kept its libraries, ${(total / 1e6).toFixed(0)} MB, in ${folder}`);
    }
  }
  return { folder: join(folder, 'tensorflow'), spec };
}

async function fetchLibraries(spec: string, folder: string, wanted: Wanted): Promise<Kept> {
  const wheel = `${folder}.wheel`;
  try {
    await fetchPackage(spec, wheel, wanted);
    return keepLibraries(wheel, folder, spec);
  } finally {
    rmSync(wheel, { recursive: true, force: true });
    rmSync(partialOf(folder), { recursive: true, force: true });
  }
}

/** Removes the folders that one which was killed has left. */
function removeLeft(deps: string): void {
  const left = readdirSync(deps).filter(name => /\.(wheel|partial)$/.test(name));
  for (const name of left) rmSync(join(deps, name), { recursive: true });
}

/** Finds TensorFlow in a `site-packages`, or by its own folder in one. */
function installedIn(folder: string) {
  const packages = [folder, dirname(folder)].find(
    each => infoIn(each) !== undefined && existsSync(join(each, 'tensorflow', 'include')),
  );
  const info = packages && infoIn(packages);
  if (!packages || !info || (packages !== folder && basename(folder) !== 'tensorflow')) {
    throw new AddonError(
      `Expected an installed TensorFlow in ${folder}: a folder with tensorflow/include and tensorflow-….dist-info, as this prints it\n  python3 -c "import tensorflow; print(tensorflow.__path__[0])"`,
    );
  }
  const metadata = readFileSync(join(packages, info, 'METADATA'), 'utf8');
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(metadata)?.[1]?.trim();
  // Wheels write the same name in two ways.
  return { packages, spec: `${field('Name')?.replace('_', '-')}==${field('Version')}` };
}

const infoIn = (folder: string): string | undefined =>
  existsSync(folder)
    ? readdirSync(folder).find(name => /^tensorflow(_cpu)?-[\d.]+.*\.dist-info$/.test(name))
    : undefined;
