/** All that one run over the models came to, as `bench-models.json` holds it. */
import type { RowResult } from '../epochs';
import type { Provenance } from '../provenance';
import type { Target } from '../targets';

/** What the rows made of a model. */
export interface ModelResult {
  readonly name: string;
  readonly title: string;
  /** Samples of an epoch. */
  readonly samples: number;
  /** Samples a step. */
  readonly batchSize: number;
  readonly rows: readonly RowResult[];
}

export interface ModelReport extends Provenance {
  readonly models: readonly ModelResult[];
  readonly targets: readonly Target[];
  /** Rows whose loss is not that of the others: they train something else. */
  readonly suspects: readonly string[];
}
