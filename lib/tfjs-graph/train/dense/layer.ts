import type * as tf from '@tensorflow/tfjs';
import { at } from '../../present';
import { type Activation, activate, scaleBySlope } from './activations';
import type { Matrix } from './matrix';
import type { Memory } from './memory';
import { Parameter } from './parameter';
import type { Trained } from './updates';

/** What a Dense layer is. */
export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  /** None for the last layer, which ends in softmax. */
  readonly activation?: Activation | undefined;
  /** `[inputs, units]`. */
  readonly kernel: Trainable;
  /** `[units]`. */
  readonly bias?: Trainable | undefined;
}

/** A variable, with what the optimizer keeps for it. */
export interface Trainable {
  readonly variable: tf.Variable;
  readonly slots: readonly tf.Variable[];
}

/**
 * A Dense layer in training. Its bias is the last row of its weights, as if there were one input
 * more that is always 1: so the products take care of it.
 */
export class Layer implements Trained {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  readonly slots: readonly Matrix[];
  /** What it has of the model and the optimizer. */
  readonly parameters: readonly Parameter[];
  /** `[samples, units]`. */
  readonly output: Matrix;
  /** The same with a column more, for the ones: what the next layer takes. */
  readonly extended: Matrix;
  /** The gradient of the loss with respect to what is activated, `[samples, units]`. */
  readonly delta: Matrix;
  private readonly turnedKernel: Matrix;
  private readonly rows: number;

  /** @param input `[samples, inputs + 1]`, the last column for the ones. */
  constructor(
    private readonly memory: Memory,
    private readonly layer: DenseLayer,
    private readonly input: Matrix,
  ) {
    const { inputs, units, kernel, bias } = layer;
    this.rows = bias ? inputs + 1 : inputs;
    this.weights = memory.matrix(this.rows, units);
    this.gradient = memory.matrix(this.rows, units);
    this.slots = kernel.slots.map(() => memory.matrix(this.rows, units));
    this.extended = memory.matrix(input.rows, units + 1);
    this.output = this.extended.part(0, input.rows, units);
    this.delta = memory.matrix(input.rows, units);
    this.turnedKernel = memory.matrix(units, inputs);
    const placed = ({ variable, slots }: Trainable, start: number, rows: number) =>
      [variable, ...slots].map(
        (v, i) => new Parameter(v, at([this.weights, ...this.slots], i).part(start, rows)),
      );
    this.parameters = [...placed(kernel, 0, inputs), ...(bias ? placed(bias, inputs, 1) : [])];
  }

  /** From so many samples in its input to its output. */
  forward(samples: number): void {
    const { activation } = this.layer;
    const output = this.output.part(0, samples);
    fillLastColumn(this.input);
    this.memory.multiply(this.input.part(0, samples, this.rows), this.weights, output);
    if (activation) activate(output, activation);
  }

  /** From `delta` to the gradient of the weights, and to `delta` of the layer below. */
  backward(samples: number, below: Layer | undefined): void {
    const { inputs } = this.layer;
    const delta = this.delta.part(0, samples);
    const input = this.input.part(0, samples, this.rows);
    this.memory.multiply(input.transposed, delta, this.gradient);
    if (!below?.layer.activation) return;
    this.weights.part(0, inputs).transposeTo(this.turnedKernel);
    const deltaBelow = below.delta.part(0, samples);
    this.memory.multiply(delta, this.turnedKernel, deltaBelow);
    scaleBySlope(deltaBelow, below.output, below.layer.activation);
  }
}

/** Fills the column of ones anew: the product that wrote the others may have written there, too. */
function fillLastColumn({ values, columns, rowStride }: Matrix): void {
  for (let i = columns - 1; i < values.length; i += rowStride) values[i] = 1;
}
