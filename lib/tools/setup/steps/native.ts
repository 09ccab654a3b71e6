/**
 * The native engine: TensorFlow's libraries, the addon by which TensorFlow.js computes with them, and what
 * serves if they cannot be made.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wheel } from 'tfjs-graph/addon/cache';
import { type BuildConfig, INCLUDE_PATH } from '../../addon/compile';
import { loadAddon, makeAddon } from '../../addon/make';
import { addonFile, rebuildReason } from '../../addon/record';
import { describeError } from '../../project/failure.mjs';
import { linkOrCopy, writeWhole } from '../../project/files';
import type { Machine } from '../../project/machine';
import { messages } from '../../project/messages';
import { projectRoot } from '../../project/paths';
import type { Report } from '../../project/run-logged';
import { byParts, hasParts, sharedCache } from '../packages/parts';
import { cudaPackages, onlyFor } from '../packages/requirements';
import { installLocked } from '../packages/uv';
import { areInstalled, brokenPackages, nameOf } from './packages';
import type { Ends, Site, Step } from './step';
import { venvStep } from './venv';

/** Takes `tensorflow/` with the libraries, and beside it what they load. */
const folder = join(projectRoot, 'build', 'tensorflow');
const tensorflow = join(folder, 'tensorflow');

const version = () => onlyFor('engine').version;

/** Lists the packages with TensorFlow as a whole; that without CUDA, on Linux for x64, has a name of its own. */
function packagesFor({ name, gpu }: Machine): string[] {
  const isSmall = name === 'linux-x64' && !gpu;
  return [`tensorflow${isSmall ? '-cpu' : ''}==${version()}`, ...(gpu ? cudaPackages() : [])];
}

const configOf = ({ machine }: Site): BuildConfig => ({
  machine: machine.name,
  tensorflow,
  version: version(),
});

/** Takes TensorFlow's libraries from the shared cache; from its whole wheel with CUDA, or if they cannot be had so. */
const librariesStep: Step = orWebAssembly({
  title: () => messages().setup.libraries,
  needs: [],
  isDone: areWhole,
  async run(site, report, ends) {
    const parts = site.machine.gpu ? undefined : await byParts('libraries', fetching(), report);
    if (parts) {
      rmSync(folder, { recursive: true, force: true });
      for (const path of Object.keys(wheel?.files ?? {})) {
        linkOrCopy(join(parts, path), join(folder, path));
      }
    } else {
      await fetchWhole(site, report, ends);
    }
    return packagesFor(site.machine)[0] as string;
  },
  async state(site) {
    if (!existsSync(tensorflow)) return undefined;
    const isWhole = await areWhole({ ...site, checksums: false });
    return isWhole ? tensorflow : messages().setup.addon.changed;
  },
  logs: ['tensorflow'],
});

async function areWhole({ machine, checksums }: Site): Promise<boolean> {
  if (machine.gpu) return areInstalled(packagesFor(machine), folder);
  return wheel !== undefined && hasParts(folder, wheel, checksums);
}

const fetching = () => ({ title: messages().setup.libraries, log: 'tensorflow' });

/** Fetches all of TensorFlow, its headers included. */
async function fetchWhole({ machine, python }: Site, report: Report, ends: Ends): Promise<void> {
  await ends([venvStep]);
  const broken = brokenPackages(folder).map(nameOf);
  rmSync(folder, { recursive: true, force: true });
  await installLocked(packagesFor(machine), folder, python, fetching(), report, broken);
}

/** Compiles the stock addon of tfjs, and the project's own parts, against the wheel's TensorFlow. */
const addonStep: Step = orWebAssembly({
  title: () => messages().setup.engine,
  needs: [librariesStep],
  async isDone(site) {
    if (rebuildReason(configOf(site))) return false;
    return !site.thorough || (await troubleLoading()) === undefined;
  },
  async run(site, report, ends) {
    const { fetchingCompiler, addonFrom } = messages().setup;
    const tools = {
      async headers() {
        const isWhole = areInstalled(packagesFor(site.machine), folder);
        const parts = isWhole ? folder : await byParts('headers', fetching(), report);
        if (!parts) await fetchWhole(site, report, ends);
        return join(parts ?? folder, INCLUDE_PATH);
      },
      async zig(to: string) {
        await ends([venvStep]);
        const options = { title: fetchingCompiler, log: 'addon' };
        await installLocked([onlyFor('compiler').spec], to, site.python, options, report);
      },
      python: site.python.program('python'),
      cache: sharedCache(),
    };
    const whose = await makeAddon(configOf(site), tools, report);
    return addonFrom[whose] ?? whose;
  },
  async state(site) {
    const trouble = existsSync(tensorflow) && rebuildReason(configOf(site));
    return trouble ? messages().setup.addon[trouble] : ((await troubleLoading()) ?? addonFile());
  },
  logs: ['addon'],
});

/** Returns what a process of its own complains of while it loads the addon. */
async function troubleLoading(): Promise<string | undefined> {
  if (!existsSync(addonFile())) return undefined;
  try {
    await loadAddon(addonFile());
    return undefined;
  } catch (error) {
    return describeError(error) ?? String(error);
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
        writeWhole(gaveUpFile, `${describeError(error) ?? String(error)}\n`);
        return messages().setup.webAssemblyServes(gaveUpFile);
      }
    },
  };
}

export const nativeSteps: readonly Step[] = [librariesStep, addonStep];
