/** Runs the set-up steps that are not done yet. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { thisMachine } from 'command/machine/machine';
import {
  isShared,
  projectRoot,
  pythonEnvironment,
  userPrefix,
  venvPrefix,
} from 'command/machine/paths';
import { Failure } from 'command/output/failure.mjs';
import { earlyMessages } from 'command/output/language.mjs';
import { messages } from 'command/output/messages';
import { withLock } from 'command/processes/lock.mjs';
import { localCache, sharedCache } from './packages/parts';
import { kernelStep, registerKernel } from './steps/kernel';
import { failureFile, nativeSteps } from './steps/native';
import { packagesStep } from './steps/packages';
import { runSteps, type SetupContext, type Step } from './steps/step';
import { venvStep } from './steps/venv';

const program = join(projectRoot, 'lib', 'kernel', 'build.cjs');
const { isStale }: { isStale(): boolean } = require(program);

/** Compiles the kernel and the packages imported by notebooks to JavaScript. */
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

export const lessonSteps: readonly Step[] = [
  venvStep,
  packagesStep,
  ...nativeSteps,
  buildStep,
  kernelStep,
];

/** Returns the context of set-up. `prefix` defaults to the shell's environment or `.venv`. */
export function createContext({
  prefix = userPrefix(),
  extras = [],
  thorough = false,
  checksums = false,
}: Partial<Pick<SetupContext, 'extras' | 'thorough' | 'checksums'>> & {
  prefix?: string | undefined;
}): SetupContext {
  return {
    machine: thisMachine(),
    python: pythonEnvironment(prefix),
    isOwn: prefix === undefined || prefix === venvPrefix,
    extras,
    thorough,
    checksums,
  };
}

/** Prints `remark` and runs the missing steps, if any. Returns whether any step was missing. */
export async function setUp(
  context: SetupContext,
  steps: readonly Step[] = lessonSteps,
  remark?: string,
): Promise<boolean> {
  if (isShared) {
    const isComplete = await areDone(steps, context);
    const { notYours } = earlyMessages().bootstrap;
    if (!isComplete) throw new Failure(notYours(projectRoot, context.extras[0] ?? 'setup'));
    registerKernel(context);
    return false;
  }
  if (context.thorough) rmSync(failureFile, { force: true });
  if (await areDone(steps, context)) return false;
  if (remark) console.log(remark);
  await withLock(
    join(projectRoot, 'build', 'setup', 'lock'),
    async () => {
      await runSteps(steps, context);
      rmSync(localCache, { recursive: true, force: true });
    },
    pid => console.log(earlyMessages().bootstrap.waitingFor(pid)),
  );
  // A quick check suffices: each step was just checked thoroughly or executed.
  if (await areDone(steps, { ...context, thorough: false })) return true;
  throw new Failure(messages().setup.stillMissing);
}

async function areDone(steps: readonly Step[], context: SetupContext): Promise<boolean> {
  for (const step of steps) if (!(await step.isDone(context))) return false;
  return true;
}
