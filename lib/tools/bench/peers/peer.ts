/** A peer's side of its talk with the benchmark; `peer.py` is the same for Python. */
import { createInterface } from 'node:readline';
import type { Done } from '../worker';

/** Reads what the benchmark asks this process to train. */
export const askedFor = <Asked>(): Asked => JSON.parse(process.argv[2] ?? '{}');

const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

function say(message: object): void {
  process.stdout.write(`@bench ${JSON.stringify(message)}\n`);
}

let started = 0;
let used = process.cpuUsage();

/**
 * Waits until the next epoch is asked for, and starts its clock.
 *
 * @returns whether there is one: false asks for the end.
 */
export async function nextEpoch(): Promise<boolean> {
  const { value } = await commands.next();
  used = process.cpuUsage();
  started = performance.now();
  return value === 'go';
}

/** Tells that everything is ready for the first epoch. */
export function ready(versions: Record<string, string>): void {
  say({ event: 'ready', versions });
}

/** Stops the clock and tells the epoch's results. */
export function done(logs: Partial<Done['logs']>): void {
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  say({ event: 'done', seconds, cpu: (user + system) / 1e6, logs });
}

/**
 * Tells the most memory that this process has held, and ends it.
 *
 * @param note what a reader should know of how it trained.
 */
export function end(note?: string): never {
  say({ event: 'end', peak: process.resourceUsage().maxRSS * 1024, note });
  process.exit();
}
