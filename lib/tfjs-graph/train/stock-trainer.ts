import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { withEpsilonAsInKeras } from './optimizers';
import { type Call, epochOf, meansOver, planCalls } from './steps';
import {
  type Part,
  type Steps,
  type StepValues,
  type Trainer,
  type TrainerInput,
  validationStep,
} from './trainer';

/** Takes tfjs-layers' own steps, one after the other: for any model, on any backend. */
export class StockTrainer implements Trainer {
  private readonly trainStep: (data: tf.Tensor[]) => tf.Scalar[];
  private readonly validationStep: (data: tf.Tensor[]) => tf.Scalar[];

  constructor(private readonly input: Omit<TrainerInput, 'live'>) {
    this.trainStep = input.model.makeTrainFunction();
    this.validationStep = validationStep(input.model);
  }

  epoch(rows: Int32Array): Iterable<Steps> {
    const { model, training, validation, batchSize } = this.input;
    const taker = {
      live: false,
      calls: planCalls(rows.length, batchSize, 1),
      train: (_: Call, own: Int32Array) => [
        withEpsilonAsInKeras(model.optimizer, () => valuesOf(this.trainStep, training, own)),
      ],
      validate: validation && (() => this.validate(validation)),
      // The steps change the model itself.
      push() {},
      pull() {},
    };
    return epochOf(taker, rows);
  }

  private validate(part: Part): StepValues {
    return meansOver(part, this.input.batchSize, 1, (_, rows) => [
      valuesOf(this.validationStep, part, rows),
    ]);
  }
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
