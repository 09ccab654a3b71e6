/** The layers in training that multiply by a kernel. */
import { type Activation, type Filters, type Layer, Weights } from './layer';
import { type Matrix, type Memory, transposed, type View } from './memory';
import { area, paddedPictures, patchesOf, SpreadPictures, type Window } from './pictures';

/** A product: what the kernel meets of the input, and the rows of the output, or of its gradient, that it gives. */
type Product = readonly [met: View, given: Matrix];

abstract class Filtering implements Layer {
  readonly output: Matrix;
  readonly delta: Matrix;
  readonly weights: readonly Weights[];
  /** The kernel with its places in reverse, and with channels and filters exchanged. */
  protected readonly turnedKernel: Matrix;
  protected readonly channels: number;
  protected readonly filters: number;
  private readonly kernel: Weights;
  private readonly bias: Weights | undefined;
  private readonly activation: Activation | undefined;
  private readonly ones: Matrix;

  /**
   * @param size places of the kernel.
   * @param places of the kernel in a sample.
   * @param rows of a product, at most.
   */
  constructor(
    protected readonly memory: Memory,
    protected readonly input: Matrix,
    { kernel, bias, activation }: Filters,
    private readonly size: number,
    places: number,
    rows: number,
  ) {
    this.kernel = new Weights(memory, kernel);
    this.bias = bias && new Weights(memory, bias);
    this.weights = this.bias ? [this.kernel, this.bias] : [this.kernel];
    this.activation = activation;
    this.channels = this.kernel.weights.rows / size;
    this.filters = this.kernel.weights.columns;
    this.output = memory.samples(input.rows, places * this.filters);
    this.delta = memory.samples(input.rows, places * this.filters);
    this.turnedKernel = memory.matrix(size * this.filters, this.channels);
    this.ones = memory.ones(rows);
  }

  /** Returns the products of which samples' outputs, or the gradients of these, consist. */
  protected abstract products(samples: number, of: Matrix): Iterable<Product>;

  protected abstract backwardToInput(samples: number, deltaBelow: Matrix): void;

  forward(samples: number): void {
    const { memory, kernel, bias, output } = this;
    for (const [met, given] of this.products(samples, output)) {
      memory.multiply(met, kernel.weights, given, bias?.weights);
    }
    this.activation?.apply(memory, output.part(0, samples));
  }

  backward(samples: number, deltaBelow: Matrix | undefined): void {
    const { memory, kernel, bias, ones } = this;
    const delta = this.delta.part(0, samples);
    this.activation?.scaleBySlope(memory, delta, this.output.part(0, samples));
    let isFirst = true;
    for (const [met, given] of this.products(samples, delta)) {
      const sumUp = (factors: View, { gradient }: Weights) =>
        memory.multiply(factors, given, gradient, isFirst ? undefined : gradient);
      sumUp(transposed(met), kernel);
      if (bias) sumUp(ones.part(0, 1, given.rows).view, bias);
      isFirst = false;
    }
    if (!deltaBelow) return;
    this.turnKernel();
    this.backwardToInput(samples, deltaBelow);
  }

  private turnKernel(): void {
    const { size, channels, filters } = this;
    const { values: from, rowStride } = this.kernel.weights;
    const { values: to, rowStride: turnedStride } = this.turnedKernel;
    for (let place = 0; place < size; place++) {
      for (let c = 0; c < channels; c++) {
        const row = (place * channels + c) * rowStride;
        const turned = (size - 1 - place) * filters * turnedStride + c;
        for (let f = 0; f < filters; f++)
          to[turned + f * turnedStride] = from[row + f] ?? Number.NaN;
      }
    }
  }
}

export class Dense extends Filtering {
  /** @param input `[samples, inputs]`. */
  constructor(memory: Memory, input: Matrix, filters: Filters) {
    super(memory, input, filters, 1, 1, input.rows);
  }

  protected products(samples: number, of: Matrix): Product[] {
    return [[this.input.part(0, samples).view, of.part(0, samples)]];
  }

  protected backwardToInput(samples: number, deltaBelow: Matrix): void {
    const { memory, delta, turnedKernel } = this;
    memory.multiply(delta.part(0, samples).view, turnedKernel, deltaBelow.part(0, samples));
  }
}

/** A Conv2D layer: a product for each picture, whose rows are the patches that its window shows, one a place. */
export class Convolution extends Filtering {
  /** The input with its margins, where the window reaches beyond it. */
  private readonly padded: SpreadPictures | undefined;
  /** A sample's `delta`, over which the turned kernel moves. */
  private readonly spreadDelta: SpreadPictures;

  /** @param input `[samples, height × width × channels]`. */
  constructor(
    memory: Memory,
    input: Matrix,
    private readonly window: Window,
    filters: Filters,
  ) {
    const { input: picture, size, output, strides, before } = window;
    super(memory, input, filters, area(size), area(output), area(output));
    this.padded = paddedPictures(memory, input.rows, window, this.channels);
    this.spreadDelta = new SpreadPictures(memory, 1, {
      from: output,
      to: [picture[0] + size[0] - 1, picture[1] + size[1] - 1],
      corner: [size[0] - 1 - before[0], size[1] - 1 - before[1]],
      strides,
      channels: this.filters,
    });
  }

  override forward(samples: number): void {
    for (let sample = 0; sample < samples; sample++) this.padded?.copy(this.input, sample, sample);
    super.forward(samples);
  }

  protected *products(samples: number, of: Matrix): Iterable<Product> {
    const { padded, input, window, channels, filters } = this;
    const width = window.input[1] + window.around[1];
    for (let sample = 0; sample < samples; sample++) {
      const patches = patchesOf(padded?.pictures ?? input, sample, width, channels, window);
      yield [patches, of.rowAs(sample, area(window.output), filters)];
    }
  }

  /** An input's gradient is a convolution, too: of `delta` with the turned kernel. */
  protected backwardToInput(samples: number, deltaBelow: Matrix): void {
    const { memory, spreadDelta, turnedKernel, channels, filters } = this;
    const { input, size } = this.window;
    const width = input[1] + size[1] - 1;
    const moves = { size, strides: [1, 1], output: input } as const;
    const patches = patchesOf(spreadDelta.pictures, 0, width, filters, moves);
    for (let sample = 0; sample < samples; sample++) {
      spreadDelta.copy(this.delta, sample, 0);
      memory.multiply(patches, turnedKernel, deltaBelow.rowAs(sample, area(input), channels));
    }
  }
}
