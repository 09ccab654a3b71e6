import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { TILE_GRADIENT, withGradients } from '../graph/gradients';
import { withEpsilonAsInKeras } from './optimizers';
import { meansOver } from './steps';
import {
  type Part,
  type StepValues,
  type Trainer,
  type TrainerInput,
  validationStep,
} from './trainer';

/**
 * Takes tfjs-layers' own steps, one after the other: for any model, on any backend.
 *
 * @param taking runs each step.
 */
export function stockTrainer(
  input: TrainerInput,
  taking: <T>(step: () => T) => T = step => step(),
): Trainer {
  const { model, training } = input;
  const own = model.makeTrainFunction();
  return {
    train({ rows }) {
      const step = () => taking(() => valuesOf(own, training, rows));
      return [withEpsilonAsInKeras(model.optimizer, () => withGradients([TILE_GRADIENT], step))];
    },
    validate: part => taking(() => validateStock(input, part)),
  };
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
