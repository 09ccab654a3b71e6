import type * as tf from '@tensorflow/tfjs';
import type { NativeBackend } from '../../graph/backend';
import type { OptimizerState } from '../optimizer-state';
import type { RecordedStep } from './record-step';

/** What a rewrite knows beside the step. */
export interface RewriteContext {
  readonly backend: NativeBackend;
  /** The data that the step takes samples of. */
  readonly columns: readonly tf.Tensor[];
  readonly optimizer: OptimizerState;
  /** Into how many shares of its columns each weight is divided, in all steps alike. */
  readonly shares: ReadonlyMap<tf.Variable, number>;
  /** The parts of a large op that are computed side by side. */
  readonly parts: number;
}

export type Rewrite = (step: RecordedStep, context: RewriteContext) => RecordedStep;
