/**
 * The native engine: TensorFlow's libraries, the addon by which TensorFlow.js computes with them, and what
 * serves if they cannot be made.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as libraries from 'tfjs-graph/addon/libraries';
import * as make from 'tfjs-graph/addon/make';
import { textOf } from '../../project/failure.mjs';
import { writeWhole } from '../../project/files';
import type { Machine } from '../../project/machine';
import { messages } from '../../project/messages';
import { type PythonEnvironment, packageFolder, projectRoot } from '../../project/paths';
import { type Report, runLogged } from '../../project/run-logged';
import { byParts, sharedCache } from '../packages/parts';
import { interpreterAt, minorOf } from '../packages/pythons';
import { cudaPackages, locked, onlyFor } from '../packages/requirements';
import { Uv } from '../packages/uv';
import type { Ends, Site, Step } from './step';
import { venvStep } from './venv';

/** Takes `tensorflow/` with the libraries and their headers, and beside it what they load. */
const folder = join(projectRoot, 'build', 'tensorflow');

/** What an interrupted download leaves. */
export const leftByNative = libraries.scratchOf(folder);

const tfjs = packageFolder('@tensorflow/tfjs-node-gpu');

/** Returns where `@tensorflow/tfjs-node-gpu` looks for its addon. */
const addonFile = () => make.addonFile(tfjs);

const version = () => onlyFor('engine').version;

const wheelOf = ({ name, gpu }: Machine): string =>
  `${libraries.wheelName(name, gpu)}==${version()}`;

/** Returns how the addon is made; `undefined` without the libraries. */
function addonConfig(): make.BuildConfig | undefined {
  const kept = libraries.keptIn(folder);
  if (!kept) return undefined;
  const tensorflow = join(folder, 'tensorflow');
  return { tfjs, machine: libraries.machineName(), tensorflow, version: kept.spec };
}

/**
 * Returns what fetches packages by their checksums. They do not hang on the version of Python that they
 * are for.
 */
export const fetchLocked =
  ({ prefix }: PythonEnvironment, title: string, log: string, report: Report, ends?: Ends) =>
  async (specs: readonly string[], to: string): Promise<void> => {
    await ends?.([venvStep]);
    const python = await interpreterAt(prefix);
    const uv = await Uv.ready(report, python);
    // Where it can, it takes the wheel that the tests have just installed whole.
    const version = `3.${Math.min(minorOf(python.version), 13)}`;
    const where = ['--python', prefix, '--python-version', version, '--target', to, '--no-deps'];
    await uv.install([...where, ...locked, ...specs], { title, log }, report);
  };

/** Takes TensorFlow's libraries from the shared cache; from its whole wheel with CUDA, or if they cannot be had so. */
const librariesStep: Step = orWebAssembly({
  title: () => messages().setup.libraries,
  needs: [],
  isDone: ({ machine }) => libraries.areIntact(folder, wheelOf(machine)),
  async run(site, report, ends) {
    const spec = wheelOf(site.machine);
    const parts = site.machine.gpu ? undefined : await partsOf('libraries', report);
    const { sizes } = parts
      ? libraries.keepLibraries(parts, folder, spec)
      : await keepWheel(site, report, ends);
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    return `${spec}, ${(total / 1e6).toFixed(0)} MB`;
  },
  state: () => addonConfig()?.tensorflow,
  logs: ['tensorflow'],
});

const partsOf = (kind: 'libraries' | 'headers', report: Report) =>
  byParts(kind, version(), { title: messages().setup.libraries, log: 'tensorflow' }, report);

/** Fetches the whole wheel, and keeps the headers as well. */
const keepWheel = ({ machine, python }: Site, report: Report, ends: Ends) =>
  libraries.fetchLibraries(
    [wheelOf(machine), ...(machine.gpu ? cudaPackages() : [])],
    folder,
    fetchLocked(python, messages().setup.libraries, 'tensorflow', report, ends),
  );

/** Compiles the stock addon of tfjs, and the project's own parts, against the wheel's TensorFlow. */
const addonStep: Step = orWebAssembly({
  title: () => messages().setup.engine,
  needs: [librariesStep],
  async isDone({ thorough }) {
    const config = addonConfig();
    if (!config || make.addonTrouble(config)) return false;
    return !thorough || (await troubleLoading()) === undefined;
  },
  async run(site, report, ends) {
    const config = addonConfig();
    if (!config) throw new Error('Expected TensorFlow’s libraries before the addon.');
    const said = messages().setup;
    const whose = await make.makeAddon(config, {
      run: runFor(said.compiling),
      fetch: fetchLocked(site.python, said.fetchingCompiler, 'addon', report, ends),
      python: async () => site.python.program('python'),
      tell: (news, compiler) => report(said.news[news](compiler)),
      async headers() {
        const own = join(folder, make.INCLUDE);
        const parts = existsSync(own) ? undefined : await partsOf('headers', report);
        if (parts) return join(parts, make.INCLUDE);
        if (!existsSync(own)) await keepWheel(site, report, ends);
        return own;
      },
      cache: sharedCache(),
    });
    return said.addonFrom[whose] ?? whose;
  },
  async state() {
    const config = addonConfig();
    const trouble = config && make.addonTrouble(config);
    return trouble ? inWords(trouble) : ((await troubleLoading()) ?? addonFile());
  },
  logs: ['addon'],
});

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
function orWebAssembly(step: Step): Step {
  return {
    ...step,
    isDone: site => !wantsNative(site) || step.isDone(site),
    async run(site, report, ends) {
      try {
        return await step.run(site, report, ends);
      } catch (error) {
        if (site.machine.tried) throw error;
        writeWhole(gaveUpFile, `${textOf(error) ?? String(error)}\n`);
        return messages().setup.webAssemblyServes(gaveUpFile);
      }
    },
  };
}

export const nativeSteps: readonly Step[] = [librariesStep, addonStep];
