/** TensorFlow's libraries, which TensorFlow.js computes with. */
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  areIntact,
  type Kept,
  keepLibraries,
  keptIn,
  partialOf,
  wheelName,
} from 'tfjs-graph/addon/libraries';
import type { Machine } from '../../project/machine';
import { messages } from '../../project/messages';
import { type PythonEnvironment, projectRoot } from '../../project/paths';
import { interpreterAt, interpreterOf } from '../../project/python';
import type { Report } from '../../project/run-logged';
import { onlyFor } from '../packages/environment-yml';
import { distInfo } from '../packages/installed';
import { cudaPackages, locked } from '../packages/python-lock';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';

/** Takes `tensorflow/` with the libraries and their headers, and beside it what they load. */
const folder = join(projectRoot, 'build', 'tensorflow');
const wheelOf = (to: string) => `${to}.wheel`;
/** What it leaves where it is cut off. */
export const unfinished = [partialOf(folder), wheelOf(folder)];

/** Returns the folder of TensorFlow's libraries, free of symlinks; `undefined` where they are missing. */
export function tensorflowFolder(): string | undefined {
  return keptIn(folder) && realpathSync(join(folder, 'tensorflow'));
}

/** Returns the wheel that the libraries are of, such as `tensorflow-cpu==2.20.0`. */
export const tensorflowSpec = (): string | undefined => keptIn(folder)?.spec;

function wheelFor(machine: Machine): { name: string; version: string; spec: string } {
  const { version } = onlyFor('engine');
  const name = wheelName(machine.name, machine.gpu);
  return { name, version, spec: `${name}==${version}` };
}

/** Fetches TensorFlow's wheel and keeps its libraries. */
export const tensorflowStep: Step = {
  get title() {
    return messages().setup.libraries;
  },
  isDone: ({ machine }) => areIntact(folder, wheelFor(machine).spec),
  async run(site, report) {
    const { machine, python } = site;
    const { spec } = wheelFor(machine);
    const whole = await installedWhole(site);
    const { sizes } = whole
      ? keepLibraries(whole, folder, spec)
      : await fetchLibraries(
          python,
          [spec, ...(machine.gpu ? cudaPackages() : [])],
          folder,
          report,
        );
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    return `${spec}, ${(total / 1e6).toFixed(0)} MB`;
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
 * @param specs TensorFlow, such as `tensorflow-cpu==2.20.0`, before all others.
 */
export async function fetchLibraries(
  { prefix }: PythonEnvironment,
  specs: readonly [string, ...string[]],
  to: string,
  report: Report,
): Promise<Kept> {
  const wheel = wheelOf(to);
  rmSync(wheel, { recursive: true, force: true });
  const uv = await Uv.ready(report, await interpreterAt(prefix));
  const where = ['--python', prefix, '--python-version', '3.13', '--target', wheel, '--no-deps'];
  try {
    await uv.install(
      [...where, ...locked, ...specs],
      { title: messages().setup.libraries, log: 'tensorflow' },
      report,
    );
    return keepLibraries(wheel, to, specs[0]);
  } finally {
    rmSync(wheel, { recursive: true, force: true });
  }
}
