/** Sets up the native engine: TensorFlow's libraries and TensorFlow.js's addon. Falls back to WebAssembly. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { linkOrCopy, writeWhole } from 'command/machine/files';
import type { Machine } from 'command/machine/machine';
import { projectRoot } from 'command/machine/paths';
import { describeError } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import type { Report } from 'command/processes/run-logged';
import { wheel } from 'tfjs-graph/install/cache';
import { type BuildConfig, INCLUDE_PATH } from '../../addon/compile';
import { loadAddon, makeAddon } from '../../addon/make';
import { addonFile, rebuildReason } from '../../addon/record';
import { fetchParts, hasAllFiles, sharedCache } from '../packages/parts';
import { cudaPackages, packageOf } from '../packages/requirements';
import { installLocked } from '../packages/uv';
import { areInstalled, brokenPackages, packageName } from './packages';
import type { SetupContext, Step, WaitForSteps } from './step';
import { venvStep } from './venv';

/** Target folder of the wheel's files: `tensorflow/` with the libraries, and the libraries they load. */
const folder = join(projectRoot, 'build', 'tensorflow');
const tensorflow = join(folder, 'tensorflow');

const version = () => packageOf('engine').version;

/** Returns the complete TensorFlow packages. On Linux for x64, the package without CUDA has a different name. */
function packagesFor({ name, gpu }: Machine): string[] {
  const isCpuBuild = name === 'linux-x64' && !gpu;
  return [`tensorflow${isCpuBuild ? '-cpu' : ''}==${version()}`, ...(gpu ? cudaPackages() : [])];
}

const configOf = ({ machine }: SetupContext): BuildConfig => ({
  machine: machine.name,
  tensorflow,
  version: version(),
});

/** Installs TensorFlow's libraries from the cache or, for CUDA or after a failed download, from the wheel. */
const librariesStep: Step = withWebAssemblyFallback({
  title: () => messages().setup.libraries,
  needs: [],
  isDone: areComplete,
  async run(context, report, waitFor) {
    const parts = context.machine.gpu
      ? undefined
      : await fetchParts('libraries', runOptions(), report);
    if (parts) {
      rmSync(folder, { recursive: true, force: true });
      for (const path of Object.keys(wheel?.files ?? {})) {
        linkOrCopy(join(parts, path), join(folder, path));
      }
    } else {
      await installComplete(context, report, waitFor);
    }
    return packagesFor(context.machine)[0] as string;
  },
  async state(context) {
    if (!existsSync(tensorflow)) return undefined;
    const isComplete = await areComplete({ ...context, checksums: false });
    return isComplete ? tensorflow : messages().setup.addon.changed;
  },
  logs: ['tensorflow'],
});

async function areComplete({ machine, checksums }: SetupContext): Promise<boolean> {
  if (machine.gpu) return areInstalled(packagesFor(machine), folder);
  return wheel !== undefined && hasAllFiles(folder, wheel, checksums);
}

const runOptions = () => ({ title: messages().setup.libraries, log: 'tensorflow' });

async function installComplete(
  { machine, python }: SetupContext,
  report: Report,
  waitFor: WaitForSteps,
): Promise<void> {
  await waitFor([venvStep]);
  const broken = brokenPackages(folder).map(packageName);
  rmSync(folder, { recursive: true, force: true });
  await installLocked(packagesFor(machine), folder, python, runOptions(), report, broken);
}

/** Compiles TensorFlow.js's stock addon with the project's sources, against the wheel's TensorFlow. */
const addonStep: Step = withWebAssemblyFallback({
  title: () => messages().setup.engine,
  needs: [librariesStep],
  async isDone(context) {
    if (rebuildReason(configOf(context))) return false;
    return !context.thorough || (await loadError()) === undefined;
  },
  async run(context, report, waitFor) {
    const { fetchingCompiler, addonFrom } = messages().setup;
    const tools = {
      async headers() {
        const isComplete = areInstalled(packagesFor(context.machine), folder);
        const parts = isComplete ? folder : await fetchParts('headers', runOptions(), report);
        if (!parts) await installComplete(context, report, waitFor);
        return join(parts ?? folder, INCLUDE_PATH);
      },
      async zig(target: string) {
        await waitFor([venvStep]);
        const options = { title: fetchingCompiler, log: 'addon' };
        await installLocked([packageOf('compiler').spec], target, context.python, options, report);
      },
      python: context.python.program('python'),
      cache: sharedCache(),
    };
    const source = await makeAddon(configOf(context), tools, report);
    return addonFrom[source] ?? source;
  },
  async state(context) {
    const reason = existsSync(tensorflow) && rebuildReason(configOf(context));
    return reason ? messages().setup.addon[reason] : ((await loadError()) ?? addonFile());
  },
  logs: ['addon'],
});

/** Loads the addon in a subprocess and returns the error, if any. */
async function loadError(): Promise<string | undefined> {
  if (!existsSync(addonFile())) return undefined;
  try {
    await loadAddon(addonFile());
    return undefined;
  } catch (error) {
    return describeError(error) ?? String(error);
  }
}

/** Contains the error after a step has failed on an untested platform. */
export const failureFile = join(projectRoot, 'build', 'setup', 'no-native-engine.txt');

/** Returns whether to set up the native engine: the platform supports it, and no earlier attempt failed. */
export const shouldSetUpNative = ({ machine }: SetupContext): boolean =>
  machine.native && (machine.tried || !existsSync(failureFile));

/** Adds the fallback to WebAssembly: skips unsupported machines and accepts failures on untested ones. */
function withWebAssemblyFallback(step: Step): Step {
  return {
    ...step,
    isDone: context => !shouldSetUpNative(context) || step.isDone(context),
    async run(context, report, waitFor) {
      try {
        return await step.run(context, report, waitFor);
      } catch (error) {
        if (context.machine.tried) throw error;
        writeWhole(failureFile, `${describeError(error) ?? String(error)}\n`);
        return messages().setup.webAssemblyServes(failureFile);
      }
    },
  };
}

export const nativeSteps: readonly Step[] = [librariesStep, addonStep];
