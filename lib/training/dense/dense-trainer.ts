import type { OptimizerState } from '../optimizer-state';
import { type Call, planCalls } from '../plan';
import type { InnerModel, Part, StepValues, Trainer } from '../trainer';
import type { DenseLayer } from './layer';
import { denseLayers } from './layers';
import { DenseNetwork } from './network';
import { Samples } from './samples';
import type { Pass } from './softmax';
import { type Update, updateOf } from './updates';

/** Trains models that are a stack of Flatten and Dense layers, for the WebAssembly engine. */
export class DenseTrainer implements Trainer {
  readonly calls: readonly Call[];
  private readonly network: DenseNetwork;
  private readonly training: Samples;
  private readonly validation: Samples | undefined;
  private readonly batchSize: number;
  /** Whether it has taken steps that the model does not know of. */
  private ahead = false;

  /** @returns undefined for a model of another kind. */
  static of(
    model: InnerModel,
    optimizer: OptimizerState,
    training: Part,
    validation: Part | undefined,
    batchSize: number,
  ): DenseTrainer | undefined {
    const layers = denseLayers(model, optimizer);
    const update = optimizer.fused && updateOf(optimizer.fused);
    // Columns beyond samples and labels are weights, which the network does not know.
    if (!layers || !update || training.columns.length > 2) return undefined;
    return new DenseTrainer(
      layers,
      update,
      optimizer,
      model.getDedupedMetricsNames().length > 1,
      training,
      validation,
      batchSize,
    );
  }

  private constructor(
    layers: readonly DenseLayer[],
    update: Update,
    private readonly optimizer: OptimizerState,
    private readonly withAccuracy: boolean,
    training: Part,
    validation: Part | undefined,
    batchSize: number,
  ) {
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
      const rows = Int32Array.from({ length: batchSize }, () => row++);
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
