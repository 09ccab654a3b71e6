/** Measures time and memory as the work grows in samples, units or batch, this project against Keras. */
import { itemAt } from 'digits/item-at';
import type { EpochPlan, RowResult } from './epochs';
import { measureEpochs, steadySeconds } from './epochs';
import type { Row } from './rows';
import { fittedExponent, median } from './statistics';
import type { Problem } from './worker';

type Size = 'samples' | 'units' | 'batch';

/** What a row came to on one problem. */
export interface ProblemResult {
  readonly name: string;
  readonly title: string;
  /** Median of an epoch, in seconds. */
  readonly seconds: number;
  /** The most memory that the process held, in bytes. */
  readonly peak: number;
}

/** The same, as one size of the problem grows. */
export interface GrowthPoint extends ProblemResult {
  readonly size: Size;
  readonly value: number;
}

/** The fitted `k` of `seconds ∝ sizeᵏ`, and of `peak ∝ sizeᵏ`. */
export interface Exponents {
  readonly name: string;
  readonly title: string;
  readonly size: Size;
  readonly seconds: number;
  readonly peak: number;
}

const SIZES: Record<Size, number[]> = {
  samples: [6_000, 12_000, 24_000, 60_000],
  units: [32, 128, 512, 2_048],
  batch: [16, 64, 256, 1_024],
};

const QUICK: Record<Size, number[]> = {
  samples: [1_600, 3_200],
  units: [32, 128],
  batch: [64, 256],
};

export async function measureGrowth(
  rows: readonly Row[],
  problem: Problem,
  plan: EpochPlan,
  quick: boolean,
  say: (line: string) => void,
): Promise<{ points: GrowthPoint[]; troubles: string[] }> {
  const points: GrowthPoint[] = [];
  const troubles = new Set<string>();
  for (const [size, values] of Object.entries(quick ? QUICK : SIZES) as [Size, number[]][]) {
    for (const value of values) {
      const label = (line: string) => say(`${size} ${value} · ${line}`);
      for (const result of await measureEpochs(rows, { ...problem, [size]: value }, plan, label)) {
        if (result.trouble) troubles.add(`${result.title}: ${result.trouble}`);
        else points.push({ ...summedUp(result), size, value });
      }
    }
  }
  return { points, troubles: [...troubles] };
}

/** Sums up a row's processes: medians of time and memory. */
export const summedUp = (result: RowResult): ProblemResult => ({
  name: result.name,
  title: result.title,
  seconds: median(steadySeconds(result)),
  peak: median(result.processes.map(({ peak }) => peak)),
});

export function exponentsOf(points: readonly GrowthPoint[]): Exponents[] {
  const series = new Map<string, GrowthPoint[]>();
  for (const point of points) {
    const key = `${point.size} ${point.name}`;
    series.set(key, [...(series.get(key) ?? []), point]);
  }
  return [...series.values()]
    .filter(each => each.length > 1)
    .map(each => {
      const { name, title, size } = itemAt(each, 0);
      return {
        name,
        title,
        size,
        seconds: fittedExponent(each.map(point => [point.value, point.seconds])),
        peak: fittedExponent(each.map(point => [point.value, point.peak])),
      };
    });
}
