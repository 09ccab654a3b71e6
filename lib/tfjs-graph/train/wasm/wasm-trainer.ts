import { at } from '../../array';
import { NotWasmError } from '../../errors';
import { meansOver } from '../steps';
import type { Call, Part, StepValues, Trainer, TrainerInput } from '../trainer';
import type { Layer, Weights } from './layer';
import { type ArrayKernel, type Matrix, Memory } from './memory';
import { readModel } from './read-model';
import { Samples } from './samples';
import { crossEntropy, logitGradient, type Targets } from './softmax';

/**
 * Trains models that are a stack of usual layers and end in softmax, on the cross-entropy by the textbook's
 * gradients: by functions of our own in WebAssembly, in a memory of its own.
 */
export class WasmTrainer implements Trainer {
  private readonly memory = new Memory();
  /** Holds the samples of a pass, `[samples, inputs]`. */
  private readonly input: Matrix;
  private readonly layers: readonly Layer[];
  /** The layers from the lowest with weights on; those below need no gradient. */
  private readonly trained: readonly Layer[];
  private readonly weights: readonly Weights[];
  private readonly training: Samples;
  private readonly validation: Samples;
  private readonly update: ArrayKernel;

  /** @throws NotWasmError for a model, or data, that it cannot train. */
  constructor(private readonly given: TrainerInput) {
    const { model, optimizer, training, validation, batchSize } = given;
    const { inputs, layers } = readModel(model, optimizer);
    if (!optimizer.fused) throw new NotWasmError('optimizer');
    this.update = optimizer.fused.wasm;
    this.training = new Samples(training);
    this.validation = validation ? new Samples(validation) : this.training;
    // No pass has more samples than there are, however large a batch may be.
    const most = Math.min(batchSize, Math.max(training.count, validation?.count ?? 0));
    this.input = this.memory.samples(most, inputs);
    let input = this.input;
    this.layers = layers.map(make => {
      const layer = make(this.memory, input);
      input = layer.output;
      return layer;
    });
    this.weights = this.layers.flatMap(({ weights }) => weights);
    this.trained = this.layers.slice(this.layers.findIndex(({ weights }) => weights.length > 0));
  }

  train({ rows }: Call): StepValues[] {
    const { memory, trained } = this;
    const scalars = this.given.optimizer.nextScalars();
    const targets = this.training.copyTo(this.input, memory, rows);
    const values = this.pass(targets, true);
    const last = at(trained, trained.length - 1);
    logitGradient(last.output, targets, last.delta);
    for (const [l, layer] of [...trained.entries()].reverse()) {
      layer.backward(rows.length, trained[l - 1]?.delta);
      for (const { weights, gradient, slots } of layer.weights) {
        memory.apply(this.update, weights, [gradient, ...slots], scalars);
      }
    }
    return [values];
  }

  validate(part: Part): StepValues {
    return meansOver(part, this.input.rows, 1, ({ rows }) => [
      this.pass(this.validation.copyTo(this.input, this.memory, rows), false),
    ]);
  }

  /** Returns the loss, and the accuracy if the model has it. */
  private pass(targets: Targets, training: boolean): StepValues {
    for (const layer of this.layers) layer.forward(targets.labels.length, training);
    const { loss, accuracy } = crossEntropy(
      at(this.layers, this.layers.length - 1).output,
      targets,
    );
    const isMeasured = this.given.model.getDedupedMetricsNames().length > 1;
    return isMeasured ? [loss, accuracy] : [loss];
  }

  push(): void {
    for (const each of this.weights) each.load();
  }

  pull(): void {
    for (const each of this.weights) each.store();
    this.given.optimizer.save();
  }
}
