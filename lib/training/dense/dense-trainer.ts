import * as tf from '@tensorflow/tfjs';
import type { OptimizerState } from '../optimizer-state';
import { type Call, planCalls } from '../plan';
import type { InnerModel, Part, StepValues, Trainer } from '../trainer';
import { denseLayers } from './layers';
import { type DenseLayer, DenseNetwork } from './network';
import type { Parameter } from './parameter';
import type { Pass } from './softmax';
import { type Update, updateOf } from './updates';

/** Samples of validation in a pass: what is measured does not depend on it. */
const TEST_BATCH = 500;

/** Trains models that are a stack of Flatten and Dense layers, for the WebAssembly engine. */
export class DenseTrainer implements Trainer {
  readonly calls: readonly Call[];
  private readonly network: DenseNetwork;
  private readonly parameters: readonly Parameter[];
  private readonly labels = new Map<tf.Tensor, Int32Array>();

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
    private readonly training: Part,
    private readonly validation: Part | undefined,
    batchSize: number,
  ) {
    this.network = new DenseNetwork(layers, update);
    this.parameters = layers.flatMap(({ kernel, bias }) => (bias ? [kernel, bias] : [kernel]));
    this.calls = planCalls(training.count, batchSize, 1);
    this.push();
  }

  train(_call: Call, rows: Int32Array): StepValues[] {
    const scalars = this.optimizer.nextScalars();
    const pass = this.take(this.training, rows, (x, labels) =>
      this.network.train(x, labels, scalars),
    );
    return [this.values(pass)];
  }

  test(): StepValues {
    const part = this.validation as Part;
    let row = part.start;
    const sums = { loss: 0, accuracy: 0 };
    for (const { batchSize } of planCalls(part.count, TEST_BATCH, 1)) {
      const rows = Int32Array.from({ length: batchSize }, () => row++);
      const pass = this.take(part, rows, (x, labels) => this.network.test(x, labels));
      sums.loss += (pass.loss * batchSize) / part.count;
      sums.accuracy += (pass.accuracy * batchSize) / part.count;
    }
    return this.values(sums);
  }

  push(): void {
    for (const parameter of this.parameters) parameter.load();
  }

  pull(): void {
    for (const parameter of this.parameters) parameter.store();
    this.optimizer.save();
  }

  dispose(): void {}

  private take(
    part: Part,
    rows: Int32Array,
    pass: (x: tf.Tensor2D, labels: Int32Array) => Pass,
  ): Pass {
    const [samples, targets] = part.columns as [tf.Tensor, tf.Tensor];
    const all = this.labelsOf(targets);
    const labels = Int32Array.from(rows, row => all[row] as number);
    const x = tf.tidy(() => {
      const picked = tf.gather(samples, tf.tensor1d(rows, 'int32'));
      return picked.reshape([rows.length, picked.size / rows.length]) as tf.Tensor2D;
    });
    try {
      return pass(x, labels);
    } finally {
      x.dispose();
    }
  }

  private labelsOf(targets: tf.Tensor): Int32Array {
    const known = this.labels.get(targets);
    if (known) return known;
    const labels = Int32Array.from(targets.dataSync());
    this.labels.set(targets, labels);
    return labels;
  }

  private values({ loss, accuracy }: Pass): StepValues {
    return this.withAccuracy ? [loss, accuracy] : [loss];
  }
}
