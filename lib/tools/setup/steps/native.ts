/**
 * The native engine: TensorFlow's libraries, the addon by which TensorFlow.js computes with them, and what
 * serves if they cannot be made.
 */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as libraries from 'tfjs-graph/addon/libraries';
import * as make from 'tfjs-graph/addon/make';
import { textOf } from '../../project/failure.mjs';
import { writeWhole } from '../../project/files';
import type { Machine } from '../../project/machine';
import { messages } from '../../project/messages';
import { type PythonEnvironment, packageFolder, projectRoot } from '../../project/paths';
import { type Report, runLogged } from '../../project/run-logged';
import { interpreterAt, minorOf } from '../packages/pythons';
import { cudaPackages, locked, onlyFor } from '../packages/requirements';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';

/** Takes `tensorflow/` with the libraries and their headers, and beside it what they load. */
const folder = join(projectRoot, 'build', 'tensorflow');

/** What an interrupted download leaves. */
export const leftByNative = libraries.scratchOf(folder);

const tfjs = packageFolder('@tensorflow/tfjs-node-gpu');

/** Returns where `@tensorflow/tfjs-node-gpu` looks for its addon. */
const addonFile = () => make.addonFile(tfjs);

const wheelOf = ({ name, gpu }: Machine): string =>
  `${libraries.wheelName(name, gpu)}==${onlyFor('engine').version}`;

/** Returns how the addon is made; `undefined` without the libraries. */
function addonConfig(): make.BuildConfig | undefined {
  const kept = libraries.keptIn(folder);
  if (!kept) return undefined;
  // No symlink is on the way: from there the loader finds the CUDA libraries beside TensorFlow.
  const tensorflow = realpathSync(join(folder, 'tensorflow'));
  return {
    tfjs,
    machine: libraries.machineName(),
    tensorflow,
    version: kept.spec,
    runPath: tensorflow,
  };
}

/**
 * Returns what fetches packages by their checksums. They do not hang on the version of Python that they
 * are for.
 */
export const fetchLocked =
  ({ prefix }: PythonEnvironment, title: string, log: string, report: Report) =>
  async (specs: readonly string[], to: string): Promise<void> => {
    const python = await interpreterAt(prefix);
    const uv = await Uv.ready(report, python);
    // Where it can, it takes the wheel that the tests have just installed whole.
    const version = `3.${Math.min(minorOf(python.version), 13)}`;
    const where = ['--python', prefix, '--python-version', version, '--target', to, '--no-deps'];
    await uv.install([...where, ...locked, ...specs], { title, log }, report);
  };

/** Fetches TensorFlow's wheel and keeps its libraries. */
const librariesStep: Step = {
  title: () => messages().setup.libraries,
  isDone: ({ machine }) => libraries.areIntact(folder, wheelOf(machine)),
  async run({ machine, python }, report) {
    const spec = wheelOf(machine);
    const { sizes } = await libraries.fetchLibraries(
      [spec, ...(machine.gpu ? cudaPackages() : [])],
      folder,
      fetchLocked(python, messages().setup.libraries, 'tensorflow', report),
    );
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    return `${spec}, ${(total / 1e6).toFixed(0)} MB`;
  },
  state: () => addonConfig()?.tensorflow,
  logs: ['tensorflow'],
};

/** Compiles the stock addon of tfjs, and the project's own parts, against the wheel's TensorFlow. */
const addonStep: Step = {
  title: () => messages().setup.engine,
  async isDone({ thorough }) {
    const config = addonConfig();
    if (!config || make.addonTrouble(config)) return false;
    return !thorough || (await troubleLoading()) === undefined;
  },
  async run({ python }, report) {
    const config = addonConfig();
    if (!config) throw new Error('Expected TensorFlow’s libraries before the addon.');
    const said = messages().setup;
    return make.makeAddon(config, {
      run: runFor(said.compiling),
      fetch: fetchLocked(python, said.fetchingCompiler, 'addon', report),
      python: async () => python.program('python'),
      tell: (news, compiler) => report(said.news[news](compiler)),
    });
  },
  async state() {
    const config = addonConfig();
    const trouble = config && make.addonTrouble(config);
    return trouble ? inWords(trouble) : ((await troubleLoading()) ?? addonFile());
  },
  logs: ['addon'],
};

const runFor =
  (title: string) => (program: string, args: readonly string[], env?: Record<string, string>) =>
    runLogged(program, args, { title, log: 'addon', env });

function inWords(trouble: make.Trouble): string {
  const said = messages().setup.addon;
  if (trouble.code === 'other-version') return said[trouble.code](trouble.from, trouble.to);
  return said[trouble.code];
}

/** Returns what a process of its own complains of while it loads the addon. */
async function troubleLoading(): Promise<string | undefined> {
  if (!existsSync(addonFile())) return undefined;
  try {
    await make.loadAddon(addonFile(), runFor(messages().setup.loading));
    return undefined;
  } catch (error) {
    return textOf(error) ?? String(error);
  }
}

/** Written if a step has failed on a machine on which nobody had tried it: why. */
export const gaveUpFile = join(projectRoot, 'build', 'setup', 'no-native-engine.txt');

/** Tells whether the native engine is wanted here, and nothing says that it cannot be made. */
export const wantsNative = ({ machine }: Site): boolean =>
  machine.native && (machine.tried || !existsSync(gaveUpFile));

/** Leaves a step out if WebAssembly serves: without a wheel, and when an untried machine fails. */
const orWebAssembly = (step: Step): Step => ({
  ...step,
  isDone: site => !wantsNative(site) || step.isDone(site),
  async run(site, report) {
    try {
      return await step.run(site, report);
    } catch (error) {
      if (site.machine.tried) throw error;
      writeWhole(gaveUpFile, `${textOf(error) ?? String(error)}\n`);
      return messages().setup.webAssemblyServes(gaveUpFile);
    }
  },
});

export const nativeSteps: readonly Step[] = [librariesStep, addonStep].map(orWebAssembly);
