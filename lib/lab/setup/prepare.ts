/** Set-up, with which most commands begin, and which `npm run setup` runs alone. */
import { canWrite } from 'command/machine/disk.mjs';
import { isNativeDisabled } from 'command/machine/machine';
import { isShared, projectRoot, workFolder } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import type { Extra } from './packages/requirements';
import { createContext, lessonSteps, setUp } from './setup';
import type { SetupContext, Step } from './steps/step';

/** Runs `npm run setup`. */
export async function main(options: Options): Promise<void> {
  const { hasChanges } = await prepare(options, { thorough: true });
  const { ready, readyBefore } = messages().prepare;
  console.log(hasChanges ? ready : readyBefore);
}

interface Preparation extends Partial<Pick<SetupContext, 'thorough' | 'checksums'>> {
  /** Groups of Python packages that the command needs. */
  readonly extras?: readonly Extra[];
  /** Steps in addition to the lesson's. */
  readonly steps?: readonly Step[];
}

/** Returns the context of a command's set-up. Throws a Failure if the user has no writable folder. */
export function contextOf({ prefix }: Options, preparation: Preparation = {}): SetupContext {
  if (isShared && !canWrite(workFolder))
    throw new Failure(messages().project.noFolder(projectRoot, workFolder));
  return createContext({ prefix, ...preparation });
}

/** Runs missing set-up steps. Returns the Python environment, and whether any step was missing. */
export async function prepare(options: Options, preparation: Preparation = {}) {
  const context = contextOf(options, preparation);
  const { machine, python } = context;
  const texts = messages().prepare;
  if (!machine.native)
    console.log(isNativeDisabled() ? texts.nativeLeftOut : texts.noNative(machine.name));
  const hasChanges = await setUp(context, [...lessonSteps, ...(preparation.steps ?? [])]);
  // Subprocesses use this environment.
  process.env.DIGITS_PYTHON_PREFIX = python.prefix;
  return { python, hasChanges };
}
