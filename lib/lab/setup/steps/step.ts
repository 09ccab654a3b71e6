import type { Machine } from 'command/machine/machine';
import type { PythonEnvironment } from 'command/machine/paths';
import { withProgress } from 'command/output/live-line.mjs';
import { messages } from 'command/output/messages';
import type { Report } from 'command/processes/run-logged';
import type { Extra } from '../packages/requirements';

/** Context of the set-up steps. */
export interface SetupContext {
  readonly machine: Machine;
  readonly python: PythonEnvironment;
  /** Whether `python` is the `.venv` created by set-up, not the user's environment. */
  readonly isOwn: boolean;
  readonly extras: readonly Extra[];
  /** Whether to check every file of the Python packages. Starting the lesson checks only package names. */
  readonly thorough: boolean;
  /** Whether to verify all checksums, which takes seconds. Otherwise only changed files are verified. */
  readonly checksums: boolean;
}

/** One step of set-up. `run` is called only if `isDone` returns false. */
export interface Step {
  /** Steps that must finish first. Default: all previous steps. */
  readonly needs?: readonly Step[];
  /** Title in the current language. */
  title(): string;
  /** Quick check of a few files, or with one call of Python. */
  isDone(context: SetupContext): boolean | Promise<boolean>;
  /**
   * Performs the step. Also resumes an interrupted attempt.
   *
   * @param waitFor waits for further steps, needed only in some cases
   * @returns a short result, shown after the title
   */
  run(context: SetupContext, report: Report, waitFor: WaitForSteps): Promise<string>;
  /** Returns the location or, if not done, the problem. */
  state?(context: SetupContext): string | undefined | Promise<string | undefined>;
  /** Log names in `build/setup` that may explain a failure. */
  readonly logs?: readonly string[];
}

/** Waits until steps have finished. Rejects after a failure. */
export type WaitForSteps = (steps: readonly Step[]) => Promise<unknown>;

/** Runs unfinished steps, each when its needs are met. Throws the first failure after all steps have ended. */
export async function runSteps(steps: readonly Step[], context: SetupContext): Promise<void> {
  const { titled, alreadyThere } = messages().setup;
  const running = new Map<Step, Promise<void>>();
  const waitFor: WaitForSteps = needs => Promise.all(needs.map(step => running.get(step)));
  const start = async (step: Step, needs: readonly Step[]) => {
    await waitFor(needs);
    const title = step.title();
    const run = async (report: Report) => titled(title, await step.run(context, report, waitFor));
    if (await step.isDone(context)) console.log(`✔ ${titled(title, alreadyThere)}`);
    else await withProgress(title, run);
  };
  for (const [index, step] of steps.entries()) {
    running.set(step, start(step, step.needs ?? steps.slice(0, index)));
  }
  await Promise.allSettled(running.values());
  await Promise.all(running.values());
}
