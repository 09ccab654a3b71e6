/** Kills a real set-up at a moment of its work. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Copy } from './copy';
import { killGroup, until } from './folder';

interface Moment {
  /** Whether set-up alone is killed, or its whole process group. */
  readonly alone: boolean;
  /** The point from which the delay counts. */
  readonly from: () => boolean;
  /** Milliseconds. */
  readonly delay: number;
  /** Whether what was to be cut off had come to its end all the same. */
  readonly done: () => boolean;
  /** Undoes the work, for another attempt where set-up was quicker than the delay. */
  readonly undo: () => void;
  readonly env?: Record<string, string>;
}

/** Starts set-up and kills it; those that it has started must end with it, and nothing be lost. */
export async function killSetUp(copy: Copy, moment: Moment): Promise<void> {
  const { alone, from, delay, done, undo, env } = moment;
  const { child } = copy.start('setup', [], env);
  await until(() => from() || child.exitCode !== null);
  await sleep(delay);
  const ended = child.exitCode !== null;
  if (alone) child.kill('SIGKILL');
  else killGroup(child.pid ?? 0);
  await until(() => copy.processes().length === 0);
  copy.assertNothingLost();
  if (!ended && !done()) return;
  undo();
  await killSetUp(copy, { ...moment, delay: delay / 2 });
}
