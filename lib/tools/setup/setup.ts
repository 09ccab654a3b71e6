/** Set-up: its steps in their order, those that are not done yet. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../project/failure.mjs';
import { earlyMessages } from '../project/language.mjs';
import { withLock } from '../project/lock.mjs';
import { thisMachine } from '../project/machine';
import { messages } from '../project/messages';
import {
  isShared,
  projectRoot,
  pythonEnvironment,
  selectedPrefix,
  venvPrefix,
} from '../project/paths';
import { ownCache, sharedCache } from './packages/parts';
import { kernelStep } from './steps/kernel';
import { gaveUpFile, nativeSteps } from './steps/native';
import { packagesStep } from './steps/packages';
import { runSteps, type Site, type Step } from './steps/step';
import { venvStep } from './steps/venv';

const program = join(projectRoot, 'lib', 'kernel', 'build.cjs');
const { isStale }: { isStale(): boolean } = require(program);

/** Makes JavaScript of the packages that the notebooks import, and of the kernel. */
const buildStep: Step = {
  title: () => messages().setup.code,
  needs: [],
  isDone: () => !isStale(),
  async run() {
    await promisify(execFile)(process.execPath, [program, sharedCache()]);
    return 'lib/*/dist';
  },
  state: () => 'lib/*/dist',
};

/** What the lesson needs. */
export const lessonSteps: readonly Step[] = [
  venvStep,
  packagesStep,
  ...nativeSteps,
  buildStep,
  kernelStep,
];

/**
 * Returns what set-up works on: this machine and a Python environment.
 *
 * @param wanted `prefix` is the environment's folder: that which the shell names, or `.venv`, unless given
 */
export function siteOf({
  prefix = selectedPrefix(),
  extras = [],
  thorough = false,
  checksums = false,
}: Partial<Pick<Site, 'extras' | 'thorough' | 'checksums'>> & {
  prefix?: string | undefined;
}): Site {
  return {
    machine: thisMachine(),
    python: pythonEnvironment(prefix),
    own: prefix === undefined || prefix === venvPrefix,
    extras,
    thorough,
    checksums,
  };
}

/**
 * Sets up what is missing. Returns whether anything was.
 *
 * @param remark what to say first in that case
 */
export async function setUp(
  site: Site,
  steps: readonly Step[] = lessonSteps,
  remark?: string,
): Promise<boolean> {
  if (isShared) {
    const isWhole = await allDone(steps, site);
    const { notYours } = earlyMessages().bootstrap;
    if (!isWhole) throw new Failure(notYours(projectRoot, site.extras[0] ?? 'setup'));
    await kernelStep.run(
      site,
      () => {},
      async () => {},
    );
    return false;
  }
  if (site.thorough) rmSync(gaveUpFile, { force: true });
  if (await allDone(steps, site)) return false;
  if (remark) console.log(remark);
  await withLock(
    join(projectRoot, 'build', 'setup', 'lock'),
    async () => {
      await runSteps(steps, site);
      rmSync(ownCache, { recursive: true, force: true });
    },
    pid => console.log(earlyMessages().bootstrap.waitingFor(pid)),
  );
  // Thoroughly each has been looked at, or has just been made.
  if (await allDone(steps, { ...site, thorough: false })) return true;
  throw new Failure(messages().setup.stillMissing);
}

async function allDone(steps: readonly Step[], site: Site): Promise<boolean> {
  for (const step of steps) if (!(await step.isDone(site))) return false;
  return true;
}
