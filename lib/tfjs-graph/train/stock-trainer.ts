import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { TILE_GRADIENT, withGradients } from '../graph/gradients';
import { withEpsilonAsInKeras } from './optimizers';
import { meansOver } from './steps';
import {
  type Call,
  type Part,
  type StepValues,
  type Trainer,
  type TrainerInput,
  validationStep,
} from './trainer';

/** Takes tfjs-layers' own steps, one after the other: for any model, on any backend. */
export class StockTrainer implements Trainer {
  private readonly step: (data: tf.Tensor[]) => tf.Scalar[];

  /** @param taking runs each step. */
  constructor(
    private readonly input: TrainerInput,
    private readonly taking: <T>(step: () => T) => T = step => step(),
  ) {
    this.step = input.model.makeTrainFunction();
  }

  train({ rows }: Call): StepValues[] {
    const { model, training } = this.input;
    const step = () => this.taking(() => valuesOf(this.step, training, rows));
    return [withEpsilonAsInKeras(model.optimizer, () => withGradients([TILE_GRADIENT], step))];
  }

  validate(part: Part): StepValues {
    return this.taking(() => validateStock(this.input, part));
  }
}

/** Measures samples by tfjs-layers' own steps. */
export function validateStock({ model, batchSize }: TrainerInput, part: Part): StepValues {
  const step = validationStep(model);
  return meansOver(part, batchSize, 1, ({ rows }) => [valuesOf(step, part, rows)]);
}

function valuesOf(
  step: (data: tf.Tensor[]) => tf.Scalar[],
  { columns }: Part,
  rows: Int32Array,
): StepValues {
  let values: number[] = [];
  tf.tidy(() => {
    const indices = tf.tensor1d(rows, 'int32');
    const outputs = step(columns.map(column => tf.gather(column, indices)));
    values = outputs.map(output => at(output.dataSync(), 0));
    // tfjs-layers keeps its metrics beyond the scope.
    tf.dispose(outputs);
  });
  return values;
}
