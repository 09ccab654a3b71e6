import * as tf from '@tensorflow/tfjs';
import { withEpsilonAsInKeras } from './optimizers';
import { type Call, planCalls, rowsFrom } from './plan';
import type { InnerModel, Part, StepValues, Trainer } from './trainer';
import { testStep } from './validation-step';

/** Takes tfjs-layers' own steps, one after the other: for any model, on any backend. */
export class StockTrainer implements Trainer {
  readonly calls: readonly Call[];
  private readonly trainStep: (data: tf.Tensor[]) => tf.Scalar[];
  private readonly testStep: (data: tf.Tensor[]) => tf.Scalar[];

  constructor(
    private readonly model: InnerModel,
    private readonly training: Part,
    private readonly validation: Part | undefined,
    private readonly batchSize: number,
  ) {
    this.calls = planCalls(training.count, batchSize, 1);
    this.trainStep = model.makeTrainFunction();
    this.testStep = testStep(model);
  }

  train(_call: Call, rows: Int32Array): StepValues[] {
    const { model, trainStep, training } = this;
    return [withEpsilonAsInKeras(model.optimizer, () => this.take(trainStep, training, rows))];
  }

  test(): StepValues {
    const { start, count } = this.validation as Part;
    let row = start;
    let sums: number[] = [];
    for (const { batchSize } of planCalls(count, this.batchSize, 1)) {
      const rows = rowsFrom(row, batchSize);
      row += batchSize;
      const values = this.take(this.testStep, this.validation as Part, rows);
      sums = values.map((value, i) => (sums[i] ?? 0) + value * batchSize);
    }
    return sums.map(sum => sum / count);
  }

  /** Nothing to do: the steps change the model itself. */
  pull(): void {}
  push(): void {}
  dispose(): void {}

  private take(step: (data: tf.Tensor[]) => tf.Scalar[], part: Part, rows: Int32Array): number[] {
    let values: number[] = [];
    tf.tidy(() => {
      const indices = tf.tensor1d(rows, 'int32');
      const outputs = step(part.columns.map(column => tf.gather(column, indices)));
      values = outputs.map(output => output.dataSync()[0] ?? Number.NaN);
      // tfjs-layers keeps its metrics beyond the scope.
      tf.dispose(outputs);
    });
    return values;
  }
}
