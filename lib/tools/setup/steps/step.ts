import { withProgress } from '../../project/live-line.mjs';
import type { Machine } from '../../project/machine';
import { messages } from '../../project/messages';
import type { PythonEnvironment } from '../../project/paths';
import type { Report } from '../../project/run-logged';
import type { Extra } from '../packages/requirements';

/** What the steps of set-up work on. */
export interface Site {
  readonly machine: Machine;
  readonly python: PythonEnvironment;
  /** Whether `python` is a `.venv` of our own making, or one that was there before. */
  readonly own: boolean;
  readonly extras: readonly Extra[];
  /** Whether each file of the Python packages is looked for; to start the lesson, their names will do. */
  readonly thorough: boolean;
  /** Whether each file is compared with its checksum, which takes seconds; else those alone that changed since. */
  readonly checksums: boolean;
}

/** One part of set-up. `run` is called only while `isDone` says no. */
export interface Step {
  /** The steps that must have ended before it begins; all that stand before it, unless given. */
  readonly needs?: readonly Step[];
  /** In the language now in use. */
  title(): string;
  /** Takes a quick look, at a few files or by one call of Python. */
  isDone(site: Site): boolean | Promise<boolean>;
  /**
   * Does the work, from the start or from where a killed run left it.
   *
   * @param ends waits for others that it needs after all
   * @returns what came out, in a few words for the step's line
   */
  run(site: Site, report: Report, ends: Ends): Promise<string>;
  /** Says where it is or, where it is not done, what is wrong with it. */
  state?(site: Site): string | undefined | Promise<string | undefined>;
  /** The logs of set-up, in `build/setup`, that tell why it is missing. */
  readonly logs?: readonly string[];
}

/** Waits for the end of steps; rejects if one fails. */
export type Ends = (steps: readonly Step[]) => Promise<unknown>;

/** Runs the steps that are not done, each as soon as it can; if one fails, once the others have ended. Says a line a step. */
export async function runSteps(steps: readonly Step[], site: Site): Promise<void> {
  const { titled, alreadyThere } = messages().setup;
  const running = new Map<Step, Promise<void>>();
  const ends: Ends = needed => Promise.all(needed.map(step => running.get(step)));
  const begin = async (step: Step, needs: readonly Step[]) => {
    await ends(needs);
    const title = step.title();
    if (await step.isDone(site)) console.log(`✔ ${titled(title, alreadyThere)}`);
    else
      await withProgress(title, async report => titled(title, await step.run(site, report, ends)));
  };
  for (const [at, step] of steps.entries()) {
    running.set(step, begin(step, step.needs ?? steps.slice(0, at)));
  }
  const outcomes = await Promise.allSettled(running.values());
  const failure = outcomes.find(({ status }) => status === 'rejected');
  if (failure) throw (failure as PromiseRejectedResult).reason;
}
