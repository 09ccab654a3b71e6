/** Tells whether other programs were at work while something was measured. */
import { cpus } from 'node:os';

/** Processor time, in seconds, of the whole machine since it started. */
export interface MachineTime {
  readonly busy: number;
  /** Busy or idle time. What a virtual machine was not given is in neither. */
  readonly all: number;
  /** The time of the reading, in seconds. */
  readonly at: number;
  readonly cores: number;
}

export function machineTime(): MachineTime {
  const all = cpus().map(({ times }) => times);
  const idle = all.reduce((sum, times) => sum + times.idle, 0);
  const total = all.reduce((sum, t) => sum + t.user + t.nice + t.sys + t.idle + t.irq, 0);
  const seconds = 1 / 1000;
  return {
    busy: (total - idle) * seconds,
    all: total * seconds,
    at: performance.now() * seconds,
    cores: all.length,
  };
}

/** Less than this is no sign, since processor time is counted in ticks of 10 ms on each core. */
const TICKS = 0.04;

/** A share of a core that others may take before it counts as a disturbance. */
const SHARE = 0.15;

/**
 * Returns the processor time that others took between two readings, in seconds: the machine's busy
 * time beyond `own`, and the time that a virtual machine was not given.
 *
 * @param own processor time of what was measured, and of the one that measures.
 */
export function foreignTime(before: MachineTime, after: MachineTime, own: number): number {
  const busy = after.busy - before.busy - own;
  const withheld = (after.at - before.at) * after.cores - (after.all - before.all);
  return Math.max(0, busy) + (withheld > TICKS * after.cores ? withheld : 0);
}

/** Tells whether others took so much processor time that a measurement should be taken again. */
export function isDisturbed(foreign: number, seconds: number): boolean {
  return foreign > Math.max(TICKS, SHARE * seconds);
}

/**
 * Measures until others do not disturb it, or `retries` times more.
 *
 * @param measure receives how often it was asked before.
 * @returns the last measurement, which tells whether it was disturbed.
 */
export async function undisturbed<T extends { readonly disturbed: boolean }>(
  measure: (again: number) => Promise<T>,
  retries: number,
): Promise<T> {
  for (let again = 0; ; again++) {
    const measured = await measure(again);
    if (!measured.disturbed || again >= retries) return measured;
  }
}
