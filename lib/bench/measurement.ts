/** The epochs of a row of the benchmark, and their statistics. */
import { stripVTControlCharacters } from 'node:util';

export interface Epoch {
  readonly seconds: number;
  readonly loss?: number;
  /** The peak of the process's memory, in bytes. */
  readonly peak?: number;
}

export class Measurement {
  readonly processes: (readonly Epoch[])[] = [];
  /** The reason for missing results: the process exited, or this machine cannot run it. */
  trouble?: string;

  /** @param group the heading of the table; ratios are to its first row. */
  constructor(
    readonly group: string,
    readonly name: string,
    readonly title: string,
  ) {}

  /** Runs `work`, unless earlier work failed. Logs and keeps the failure, so other rows can continue. */
  async attempt(work: () => Promise<void>, log: (line: string) => void): Promise<void> {
    if (this.trouble) return;
    try {
      await work();
    } catch (error) {
      this.trouble = stripVTControlCharacters(error instanceof Error ? error.message : `${error}`);
      log(`${this.group} · ${this.title}: ${this.trouble}`);
    }
  }

  byProcess<Value>(statistic: (seconds: readonly number[]) => Value): Value[] {
    return this.processes.map(epochs => statistic(epochs.map(({ seconds }) => seconds)));
  }
}

/** Returns the epochs after the first, if any: the first also records or compiles. */
export const steadyEpochs = (epochs: readonly number[]): number[] =>
  epochs.slice(epochs.length > 1 ? 1 : 0);

export const firstEpoch = ([seconds = Number.NaN]: readonly number[]): number => seconds;

/** Returns the duration of the first five epochs; NaN if there were fewer. */
export const fiveEpochs = (epochs: readonly number[]): number =>
  epochs.length < 5 ? Number.NaN : sum(epochs.slice(0, 5));

/** Returns the mean without the two slowest epochs: the best five of seven. */
export function bestEpochs(epochs: readonly number[]): number {
  const count = Math.max(epochs.length - 2, 1);
  return sum([...epochs].sort((a, b) => a - b).slice(0, count)) / count;
}

/** Returns the middle value, or the mean of the two middle values; NaN of an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
