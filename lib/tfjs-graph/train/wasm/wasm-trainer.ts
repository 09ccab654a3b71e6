import { NotWasmError } from '../../errors';
import type { FusedOptimizer } from '../optimizers';
import { meansOver } from '../steps';
import type { Part, StepValues, Trainer, TrainerInput } from '../trainer';
import type { ArrayKernel } from './memory';
import { Network } from './network';
import { readModel } from './read-model';
import { Samples } from './samples';
import type { Pass } from './softmax';

/** Trains models that are a stack of usual layers by functions of our own in WebAssembly. */
export class WasmTrainer implements Trainer {
  private readonly network: Network;
  private readonly training: Samples;
  private readonly validation: Samples;
  /** No pass has more samples than there are, however large a batch may be. */
  private readonly batchSize: number;

  /** @throws NotWasmError for a model, or data, that it cannot train. */
  constructor(private readonly input: TrainerInput) {
    const { model, optimizer, training, validation, batchSize } = input;
    const { inputs, layers } = readModel(model, optimizer);
    const update = optimizer.fused && kernelOf(optimizer.fused);
    if (!update) throw new NotWasmError('optimizer');
    this.training = new Samples(training);
    this.validation = validation ? new Samples(validation) : this.training;
    this.batchSize = Math.min(batchSize, Math.max(training.count, validation?.count ?? 0));
    this.network = new Network(layers, update, inputs, this.batchSize);
  }

  train(rows: Int32Array): StepValues[] {
    const targets = this.training.copyTo(this.network, rows);
    return [this.values(this.network.train(targets, this.input.optimizer.nextScalars()))];
  }

  validate(part: Part): StepValues {
    return meansOver(part, this.batchSize, 1, rows => [
      this.values(this.network.test(this.validation.copyTo(this.network, rows))),
    ]);
  }

  push(): void {
    for (const parameter of this.network.parameters) parameter.load();
  }

  pull(): void {
    for (const parameter of this.network.parameters) parameter.store();
    this.input.optimizer.save();
  }

  private values({ loss, accuracy }: Pass): StepValues {
    const isMeasured = this.input.model.getDedupedMetricsNames().length > 1;
    return isMeasured ? [loss, accuracy] : [loss];
  }
}

/** The kernels that do what ops of TensorFlow do, given the same numbers. */
const KERNELS: Readonly<Record<string, ArrayKernel>> = {
  ResourceApplyGradientDescent: 'descend',
  ResourceApplyMomentum: 'momentum',
  'ResourceApplyMomentum/nesterov': 'nesterov',
  ResourceApplyRMSProp: 'rmsprop',
  ResourceApplyAdagrad: 'adagrad',
  ResourceApplyAdam: 'adam',
};

/** Returns the kernel that takes an optimizer's step; undefined if there is none. */
const kernelOf = ({ op, flags }: FusedOptimizer): ArrayKernel | undefined =>
  KERNELS[flags?.use_nesterov ? `${op}/nesterov` : op];
