import type { Text } from 'digits/language';
import type { OptimizerState } from '../optimizer-state';
import { type Call, planCalls, rowsFrom } from '../plan';
import type { InnerModel, Part, StepValues, Trainer } from '../trainer';
import { DenseNetwork } from './network';
import { NotDenseError } from './not-dense';
import { denseLayers } from './read-model';
import { Samples } from './samples';
import type { Pass } from './softmax';
import { updateOf } from './updates';

/** Trains models that are a stack of Flatten and Dense layers, for the WebAssembly engine. */
export class DenseTrainer implements Trainer {
  readonly calls: readonly Call[];
  private readonly network: DenseNetwork;
  private readonly training: Samples;
  private readonly validation: Samples | undefined;
  private readonly batchSize: number;
  private readonly withAccuracy: boolean;
  /** Whether it has taken steps that the model does not know of. */
  private ahead = false;

  /** @throws NotDenseError for a model, or data, that it cannot train. */
  constructor(
    model: InnerModel,
    private readonly optimizer: OptimizerState,
    training: Part,
    validation: Part | undefined,
    batchSize: number,
  ) {
    const layers = denseLayers(model, optimizer);
    const update = optimizer.fused && updateOf(optimizer.fused);
    if (!update) throw new NotDenseError(OPTIMIZER);
    // Columns beyond samples and labels are weights, which the network does not know.
    if (training.columns.length > 2) throw new NotDenseError(WEIGHTED);
    this.withAccuracy = model.getDedupedMetricsNames().length > 1;
    this.calls = planCalls(training.count, batchSize, 1);
    this.training = new Samples(training);
    this.validation = validation && new Samples(validation);
    // No pass has more samples than there are, however large a batch may be.
    this.batchSize = Math.min(batchSize, Math.max(training.count, validation?.count ?? 0));
    this.network = new DenseNetwork(layers, update, this.batchSize);
    this.push();
  }

  train(_call: Call, rows: Int32Array): StepValues[] {
    const labels = this.training.copyTo(this.network.input, rows);
    this.ahead = true;
    return [this.values(this.network.train(labels, this.optimizer.nextScalars()))];
  }

  test(): StepValues {
    const validation = this.validation as Samples;
    const sums = { loss: 0, accuracy: 0 };
    let row = 0;
    for (const { batchSize } of planCalls(validation.count, this.batchSize, 1)) {
      const rows = rowsFrom(row, batchSize);
      row += batchSize;
      const pass = this.network.test(validation.copyTo(this.network.input, rows));
      sums.loss += (pass.loss * batchSize) / validation.count;
      sums.accuracy += (pass.accuracy * batchSize) / validation.count;
    }
    return this.values(sums);
  }

  push(): void {
    for (const parameter of this.network.parameters) parameter.load();
  }

  pull(): void {
    // Else the model may have weights that were assigned since.
    if (!this.ahead) return;
    this.ahead = false;
    for (const parameter of this.network.parameters) parameter.store();
    this.optimizer.save();
  }

  dispose(): void {}

  private values({ loss, accuracy }: Pass): StepValues {
    return this.withAccuracy ? [loss, accuracy] : [loss];
  }
}

const OPTIMIZER: Text = {
  zh: '它的优化器既不是 SGD 也不是 Adam',
  en: 'its optimizer is neither SGD nor Adam',
};

const WEIGHTED: Text = {
  zh: '样本或类别带有权重',
  en: 'its samples or classes are weighted',
};
