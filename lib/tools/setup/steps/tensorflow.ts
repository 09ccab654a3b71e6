/** TensorFlow's libraries, which TensorFlow.js computes with: of its wheel's 12,000 files, some hundred. */
import { cpSync, existsSync, linkSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { same, type Text } from '../../project/failure.mjs';
import { readJson, rename, writeJson } from '../../project/files';
import { filesBelow } from '../../project/files-below';
import type { Machine } from '../../project/machine';
import { type PythonEnvironment, projectRoot } from '../../project/paths';
import { interpreterAt, interpreterOf } from '../../project/python';
import type { Report } from '../../project/report';
import { onlyFor } from '../packages/environment-yml';
import { distInfo } from '../packages/installed';
import { cudaPackages, locked } from '../packages/python-lock';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';

const title: Text = { en: 'TensorFlow’s libraries', zh: 'TensorFlow 的库' };

/** Takes `tensorflow/` with the libraries and their headers, and beside it what they load. */
const folder = join(projectRoot, 'build', 'tensorflow');
const partial = `${folder}.partial`;
const wheelOf = (to: string) => `${to}.wheel`;
/** What it leaves where it is cut off. */
export const unfinished = [partial, wheelOf(partial)];
const recordFile = join(folder, 'digits-tensorflow.json');

/** Written when they are whole: which wheel they are of, and the files' sizes. */
interface Kept {
  readonly spec: string;
  readonly sizes: Readonly<Record<string, number>>;
}

/** Returns the folder of TensorFlow's libraries, free of symlinks; `undefined` where they are missing. */
export function tensorflowFolder(): string | undefined {
  return existsSync(recordFile) ? realpathSync(join(folder, 'tensorflow')) : undefined;
}

/** Returns the wheel that the libraries are of, such as `tensorflow-cpu==2.20.0`. */
export const tensorflowSpec = (): string | undefined => readJson<Kept>(recordFile)?.spec;

/** The wheel without CUDA, on Linux for x64, has a name of its own. */
function wheelFor({ name, gpu }: Machine): { name: string; version: string; spec: string } {
  const { version } = onlyFor('engine');
  const wheel = name === 'linux-x64' && !gpu ? 'tensorflow-cpu' : 'tensorflow';
  return { name: wheel, version, spec: `${wheel}==${version}` };
}

/** What is kept: the two libraries, the headers of their C interface, and the libraries of others. */
const isKept = (path: string) =>
  /^tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)$/.test(path) ||
  /^(tensorflow\.libs|nvidia)\//.test(path) ||
  /^tensorflow\/include\/(.+\/c\/.+|tensorflow\/core\/platform\/ctstring.*|tsl\/platform\/(ctstring.*|platform))\.h$/.test(
    path,
  );

/** Tells whether all are there, each in its size. */
function areWhole({ spec, sizes }: Partial<Kept> = {}, wanted: string): boolean {
  return (
    spec === wanted &&
    Object.entries(sizes ?? {}).every(
      ([path, size]) => statSync(join(folder, path), { throwIfNoEntry: false })?.size === size,
    )
  );
}

/** Fetches TensorFlow's wheel and keeps its libraries. */
export const tensorflowStep: Step = {
  title,
  isDone: ({ machine }) => areWhole(readJson<Kept>(recordFile), wheelFor(machine).spec),
  async run(site, report) {
    const { machine, python } = site;
    const { spec } = wheelFor(machine);
    rmSync(partial, { recursive: true, force: true });
    const whole = await installedWhole(site);
    const kept = whole
      ? keep(whole, partial)
      : await fetchLibraries(
          python,
          [spec, ...(machine.gpu ? cudaPackages() : [])],
          partial,
          report,
        );
    const sizes = Object.fromEntries(kept);
    writeJson(join(partial, 'digits-tensorflow.json'), { spec, sizes } satisfies Kept);
    rmSync(folder, { recursive: true, force: true });
    rename(partial, folder);
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    return same(`${spec}, ${(total / 1e6).toFixed(0)} MB`);
  },
};

/** Returns where the same wheel is installed as a whole, as `npm test` has it for its comparison with Keras. */
export async function installedWhole({ machine, python }: Site): Promise<string | undefined> {
  const { name, version } = wheelFor(machine);
  const packages = (await interpreterOf(python))?.packages;
  const there = packages && !machine.gpu && existsSync(join(packages, distInfo(name, version)));
  return there ? packages : undefined;
}

/**
 * Fetches wheels and keeps their libraries in a folder. They do not hang on the version of Python that
 * the wheels are for.
 *
 * @param specs such as `tensorflow-cpu==2.20.0`
 * @returns the files' paths in the folder, and their sizes in bytes.
 */
export async function fetchLibraries(
  { prefix }: PythonEnvironment,
  specs: readonly string[],
  to: string,
  report: Report,
): Promise<[string, number][]> {
  const wheel = wheelOf(to);
  rmSync(wheel, { recursive: true, force: true });
  const uv = await Uv.ready(report, await interpreterAt(prefix));
  const where = ['--python', prefix, '--python-version', '3.13', '--target', wheel, '--no-deps'];
  try {
    await uv.install([...where, ...locked, ...specs], { title, log: 'tensorflow' }, report);
    return keep(wheel, to);
  } finally {
    rmSync(wheel, { recursive: true, force: true });
  }
}

/** Links what is kept of a wheel into a folder, or copies it where that cannot be. Returns the sizes. */
function keep(from: string, to: string): [string, number][] {
  return ['tensorflow', 'tensorflow.libs', 'nvidia']
    .filter(top => existsSync(join(from, top)))
    .flatMap(top => filesBelow(join(from, top)).map(path => `${top}/${path}`))
    .filter(isKept)
    .map(path => {
      const [source, target] = [join(from, path), join(to, path)];
      mkdirSync(dirname(target), { recursive: true });
      try {
        linkSync(source, target);
      } catch {
        cpSync(source, target);
      }
      return [path, statSync(target).size];
    });
}
