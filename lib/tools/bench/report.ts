/** All that one run of the benchmark came to, as `bench.json` holds it. */
import type { Exponents, GrowthPoint } from './growth';
import type { Provenance } from './provenance';
import type { Results, Target } from './targets';

export interface Report extends Results, Provenance {
  /** Samples a step of the epoch rows. */
  readonly batch: number;
  readonly growth: readonly GrowthPoint[];
  readonly exponents: readonly Exponents[];
  readonly targets: readonly Target[];
  readonly troubles: readonly string[];
}

/** Returns how many samples an epoch trains on: the last fifth validates. */
export const trainingSamples = (samples: number) => samples - Math.floor(samples / 5);
