import type { Activation } from './activations';
import { type Layer, type Trainable, Weights } from './layer';
import { type Matrix, type Memory, transposed } from './memory';

export interface DenseSpec {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly units: number;
  /** None for the last layer, which ends in softmax. */
  readonly activation?: Activation | undefined;
  /** `[inputs, units]`. */
  readonly kernel: Trainable;
  /** `[units]`. */
  readonly bias?: Trainable | undefined;
}

export class Dense implements Layer {
  readonly output: Matrix;
  readonly delta: Matrix;
  readonly weights: readonly Weights[];
  private readonly kernel: Weights;
  private readonly bias: Weights | undefined;
  private readonly turnedKernel: Matrix;
  private readonly ones: Matrix;
  private readonly activation: Activation | undefined;

  /** @param input `[samples, inputs]`. */
  constructor(
    private readonly memory: Memory,
    { inputs, units, kernel, bias, activation }: DenseSpec,
    private readonly input: Matrix,
  ) {
    this.kernel = new Weights(memory, kernel, inputs, units);
    this.bias = bias && new Weights(memory, bias, 1, units);
    this.weights = this.bias ? [this.kernel, this.bias] : [this.kernel];
    this.output = memory.samples(input.rows, units);
    this.delta = memory.samples(input.rows, units);
    this.turnedKernel = memory.matrix(units, inputs);
    this.ones = memory.ones(input.rows);
    this.activation = activation;
  }

  forward(samples: number): void {
    const { memory, kernel, bias, activation } = this;
    const output = this.output.part(0, samples);
    memory.multiply(this.input.part(0, samples).view, kernel.weights, output, bias?.weights);
    activation?.apply(memory, output);
  }

  backward(samples: number, deltaBelow: Matrix | undefined): void {
    const { memory, kernel, bias, activation, turnedKernel } = this;
    const delta = this.delta.part(0, samples);
    activation?.scaleBySlope(memory, delta, this.output.part(0, samples));
    const input = this.input.part(0, samples);
    memory.multiply(transposed(input.view), delta, kernel.gradient);
    if (bias) memory.multiply(this.ones.part(0, 1, samples).view, delta, bias.gradient);
    if (!deltaBelow) return;
    kernel.weights.transposeTo(turnedKernel);
    memory.multiply(delta.view, turnedKernel, deltaBelow.part(0, samples));
  }
}
