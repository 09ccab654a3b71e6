import { at } from '../../present';
import { type DenseLayer, Layer } from './layer';
import type { Matrix } from './matrix';
import { Memory } from './memory';
import type { Parameter } from './parameter';
import { crossEntropy, logitGradient, type Pass } from './softmax';
import type { Update } from './updates';

/**
 * A stack of Dense layers that ends in softmax, trained on the sparse cross-entropy by the textbook's
 * gradients, in a memory of its own.
 */
export class DenseNetwork {
  /** Where the samples of a pass are put, `[samples, inputs]`. */
  readonly input: Matrix;
  readonly parameters: readonly Parameter[];
  readonly memory = new Memory();
  private readonly layers: readonly Layer[];

  /** @param samples the most of a pass. */
  constructor(
    stack: readonly DenseLayer[],
    private readonly update: Update,
    samples: number,
  ) {
    const inputs = stack[0]?.inputs ?? 0;
    const first = this.memory.matrix(samples, inputs + 1);
    this.input = first.part(0, samples, inputs);
    let input = first;
    this.layers = stack.map(layer => {
      const made = new Layer(this.memory, layer, input);
      input = made.extended;
      return made;
    });
    this.parameters = this.layers.flatMap(({ parameters }) => parameters);
  }

  /**
   * Takes a step of training on the first samples of the input.
   *
   * @param labels classes, one a sample.
   * @param scalars the step's numbers for the optimizer.
   */
  train(labels: Int32Array, scalars: readonly number[]): Pass {
    const samples = labels.length;
    const pass = this.test(labels);
    logitGradient(this.last.output, labels, this.last.delta);
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const layer = at(this.layers, l);
      layer.backward(samples, this.layers[l - 1]);
      this.update(this.memory.kernels, layer, scalars);
    }
    return pass;
  }

  /** Measures the first samples of the input. */
  test(labels: Int32Array): Pass {
    for (const layer of this.layers) layer.forward(labels.length);
    return crossEntropy(this.last.output, labels);
  }

  private get last(): Layer {
    return at(this.layers, this.layers.length - 1);
  }
}
