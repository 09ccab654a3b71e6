/** A peer's side of its talk with the benchmark; `peer.py` is the same for Python. */
import { createInterface } from 'node:readline';
import type { Problem } from '../rows';

/** The training that this process is asked for. */
export const problem: Problem = JSON.parse(process.argv[2] ?? '{}');

const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const say = (message: object) => process.stdout.write(`@bench ${JSON.stringify(message)}\n`);

let started = 0;
let used = process.cpuUsage();

/** Waits until the next epoch is asked for, and starts its clock; false asks for the end. */
export async function nextEpoch(): Promise<boolean> {
  const { value } = await commands.next();
  used = process.cpuUsage();
  started = performance.now();
  return value === 'go';
}

/** Tells that everything is ready for the first epoch. */
export const ready = (versions: Record<string, string>) => say({ event: 'ready', versions });

/** Stops the clock and tells the epoch's loss. */
export function done(loss: unknown): void {
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  say({ event: 'done', seconds, cpu: (user + system) / 1e6, loss });
}

/**
 * Tells the most memory that this process has held, and ends it.
 *
 * @param note a remark on the way it trained.
 */
export function end(note?: string): never {
  say({ event: 'end', peak: process.resourceUsage().maxRSS * 1024, note });
  process.exit();
}
