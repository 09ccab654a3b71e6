/** All that one run of the benchmark came to, as `bench.json` holds it. */
import type { Exponents, GrowthPoint } from './growth';
import type { Results, Target } from './targets';

export interface Report extends Results {
  /** The time at which the run began, ISO 8601. */
  readonly date: string;
  /** Whether it was a short one, whose numbers say little. */
  readonly quick: boolean;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    /** In bytes. */
    readonly memory: number;
    readonly system: string;
    /** The name of the card that some rows train on; undefined where there is none. */
    readonly card?: string | undefined;
  };
  /** The versions of what all rows share; each row has those of its own. */
  readonly versions: Readonly<Record<string, string>>;
  /** Samples a step of the epoch rows. */
  readonly batch: number;
  readonly growth: readonly GrowthPoint[];
  readonly exponents: readonly Exponents[];
  readonly targets: readonly Target[];
  readonly troubles: readonly string[];
}

/** Returns how many samples an epoch trains on: the last fifth validates. */
export const trainingSamples = (samples: number) => samples - Math.floor(samples / 5);
