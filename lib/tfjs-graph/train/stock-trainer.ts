import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { nativeBackend } from '../graph/backend';
import { withNormalization } from '../graph/normalization';
import { withEpsilonAsInKeras } from './optimizers';
import { withLogitLoss } from './recorded/gradients';
import { meansOver } from './steps';
import {
  type InnerModel,
  type Part,
  type StepValues,
  type Trainer,
  type TrainerInput,
  validationStep,
} from './trainer';
import { kernelRecorder } from './wasm/record-kernels';

/** Takes tfjs-layers' own steps, one after the other: for any model, on any backend. */
export function stockTrainer(input: TrainerInput): Trainer {
  const { model, training } = input;
  const own = model.makeTrainFunction();
  return {
    train({ rows }) {
      const step = () => asInKeras(model, () => valuesOf(own, training, rows));
      return [withEpsilonAsInKeras(model.optimizer, () => withNormalization(step))];
    },
    validate: part => validateStock(input, part),
  };
}

/** Measures samples by tfjs-layers' own steps. */
export function validateStock({ model, batchSize }: TrainerInput, part: Part): StepValues {
  const step = validationStep(model);
  return meansOver(part, batchSize, 1, ({ rows }) => [
    asInKeras(model, () => valuesOf(step, part, rows)),
  ]);
}

/** Runs `step`, in which losses are taken as Keras takes them. */
function asInKeras<T>(model: InnerModel, step: () => T): T {
  const backend = nativeBackend();
  return backend ? withLogitLoss(backend, model, step) : kernelRecorder.asInKeras(model, step);
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
