import { type Filters, type Layer, Weights } from './layer';
import { type Matrix, type Memory, transposed } from './memory';

export class Dense implements Layer {
  readonly output: Matrix;
  readonly delta: Matrix;
  readonly weights: readonly Weights[];
  private readonly kernel: Weights;
  private readonly bias: Weights | undefined;
  private readonly turnedKernel: Matrix;
  private readonly ones: Matrix;

  /** @param input `[samples, inputs]`. */
  constructor(
    private readonly memory: Memory,
    private readonly input: Matrix,
    private readonly filters: Filters,
  ) {
    this.kernel = new Weights(memory, filters.kernel);
    this.bias = filters.bias && new Weights(memory, filters.bias);
    this.weights = this.bias ? [this.kernel, this.bias] : [this.kernel];
    const { rows, columns } = this.kernel.weights;
    this.output = memory.samples(input.rows, columns);
    this.delta = memory.samples(input.rows, columns);
    this.turnedKernel = memory.matrix(columns, rows);
    this.ones = memory.ones(input.rows);
  }

  forward(samples: number): void {
    const { memory, kernel, bias, filters } = this;
    const output = this.output.part(0, samples);
    memory.multiply(this.input.part(0, samples).view, kernel.weights, output, bias?.weights);
    filters.activation?.apply(memory, output);
  }

  backward(samples: number, deltaBelow: Matrix | undefined): void {
    const { memory, kernel, bias, filters, turnedKernel } = this;
    const delta = this.delta.part(0, samples);
    filters.activation?.scaleBySlope(memory, delta, this.output.part(0, samples));
    const input = this.input.part(0, samples);
    memory.multiply(transposed(input.view), delta, kernel.gradient);
    if (bias) memory.multiply(this.ones.part(0, 1, samples).view, delta, bias.gradient);
    if (!deltaBelow) return;
    kernel.weights.transposeTo(turnedKernel);
    memory.multiply(delta.view, turnedKernel, deltaBelow.part(0, samples));
  }
}
