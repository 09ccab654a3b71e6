import { at } from '../../array';
import type { Layer, MakeLayer, Parameter } from './layer';
import { type ArrayKernel, type Matrix, Memory } from './memory';
import { crossEntropy, logitGradient, type Pass, type Targets } from './softmax';

/**
 * A stack of layers that ends in softmax, trained on the sparse cross-entropy by the textbook's
 * gradients, in a memory of its own.
 */
export class Network {
  /** Holds the samples of a pass, `[samples, inputs]`. */
  readonly input: Matrix;
  readonly parameters: readonly Parameter[];
  readonly memory = new Memory();
  private readonly layers: readonly Layer[];
  /** The index of the lowest layer with weights; those below need no gradient. */
  private readonly lowest: number;

  /**
   * @param update the optimizer's kernel.
   * @param inputs numbers a sample.
   * @param samples the most of a pass.
   */
  constructor(
    stack: readonly MakeLayer[],
    private readonly update: ArrayKernel,
    inputs: number,
    samples: number,
  ) {
    this.input = this.memory.samples(samples, inputs);
    let input = this.input;
    this.layers = stack.map(make => {
      const layer = make(this.memory, input);
      input = layer.output;
      return layer;
    });
    this.lowest = this.layers.findIndex(({ weights }) => weights.length > 0);
    this.parameters = this.layers.flatMap(({ weights }) =>
      weights.flatMap(({ parameters }) => parameters),
    );
  }

  /**
   * Takes a step of training on the first samples of the input.
   *
   * @param scalars the step's numbers for the optimizer.
   */
  train(targets: Targets, scalars: readonly number[]): Pass {
    const samples = targets.labels.length;
    const pass = this.pass(targets, true);
    logitGradient(this.last.output, targets, this.last.delta);
    for (let l = this.layers.length - 1; l >= this.lowest; l--) {
      const layer = at(this.layers, l);
      layer.backward(samples, l > this.lowest ? at(this.layers, l - 1).delta : undefined);
      for (const { weights, gradient, slots } of layer.weights) {
        this.memory.apply(this.update, weights, [gradient, ...slots], scalars);
      }
    }
    return pass;
  }

  test(targets: Targets): Pass {
    return this.pass(targets, false);
  }

  private pass(targets: Targets, training: boolean): Pass {
    for (const layer of this.layers) layer.forward(targets.labels.length, training);
    return crossEntropy(this.last.output, targets);
  }

  private get last(): Layer {
    return at(this.layers, this.layers.length - 1);
  }
}
