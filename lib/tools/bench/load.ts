/** Detects other programs that were busy during a measurement. */
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
  const times = cpus().map(core => core.times);
  const all = times.flatMap(each => Object.values(each)).reduce((sum, ms) => sum + ms, 0) / 1000;
  const idle = times.reduce((sum, each) => sum + each.idle, 0) / 1000;
  return { busy: all - idle, all, at: performance.now() / 1000, cores: times.length };
}

/** The resolution, in seconds: processor time is counted in ticks of 10 ms on each core. */
const TICKS = 0.04;

/** The share of a core that others may take. */
const SHARE = 0.15;

/**
 * Returns true if others took so much processor time between two readings that the measurement
 * should be repeated: busy time of the machine beyond `own`, and time withheld from a virtual machine.
 *
 * @param own processor time of the measured program and of this one, in seconds.
 */
export function isDisturbed(before: MachineTime, after: MachineTime, own: number): boolean {
  const seconds = after.at - before.at;
  const busy = after.busy - before.busy - own;
  const withheld = seconds * after.cores - (after.all - before.all);
  const foreign = Math.max(0, busy) + (withheld > TICKS * after.cores ? withheld : 0);
  return foreign > Math.max(TICKS, SHARE * seconds);
}

/** Begins to watch. Returns what tells, by the processor time of the measured program, whether others disturbed it. */
export function watchMachine(readTime = machineTime): (cpu: number) => boolean {
  const before = readTime();
  const used = process.cpuUsage();
  return cpu => {
    const { user, system } = process.cpuUsage(used);
    return isDisturbed(before, readTime(), cpu + (user + system) / 1e6);
  };
}

/** Repeats a measurement until it is undisturbed, at most `retries` times. */
export async function undisturbed<T extends { readonly disturbed: boolean }>(
  measure: (again: number) => Promise<T>,
  retries: number,
): Promise<T> {
  for (let again = 0; ; again++) {
    const measured = await measure(again);
    if (!measured.disturbed || again >= retries) return measured;
  }
}
