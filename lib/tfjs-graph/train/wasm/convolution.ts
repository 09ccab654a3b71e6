import { type Activation, type Filters, type Layer, Weights } from './layer';
import { type Matrix, type Memory, transposed, type View } from './memory';
import { area, paddedPictures, patchesOf, SpreadPictures, type Window } from './pictures';

/**
 * A Conv2D layer in training. Its products are those of a Dense layer on the patches that its window
 * shows of a picture, one a place.
 */
export class Convolution implements Layer {
  readonly output: Matrix;
  readonly delta: Matrix;
  readonly weights: readonly Weights[];
  private readonly kernel: Weights;
  private readonly bias: Weights | undefined;
  private readonly activation: Activation | undefined;
  private readonly ones: Matrix;
  /** The input with its margins, where the window reaches beyond it. */
  private readonly padded: SpreadPictures | undefined;
  /** A sample's `delta`, over which the turned kernel moves. */
  private readonly spreadDelta: SpreadPictures;
  private readonly turnedKernel: Matrix;

  private readonly channels: number;
  private readonly filters: number;

  /** @param input `[samples, height × width × channels]`. */
  constructor(
    private readonly memory: Memory,
    private readonly input: Matrix,
    private readonly window: Window,
    { kernel, bias, activation }: Filters,
  ) {
    const { input: picture, size, output, strides, before } = window;
    this.kernel = new Weights(memory, kernel);
    this.bias = bias && new Weights(memory, bias);
    this.weights = this.bias ? [this.kernel, this.bias] : [this.kernel];
    this.activation = activation;
    this.channels = input.columns / area(picture);
    this.filters = this.kernel.weights.columns;
    const { channels, filters } = this;
    this.output = memory.samples(input.rows, area(output) * filters);
    this.delta = memory.samples(input.rows, area(output) * filters);
    this.ones = memory.ones(area(output));
    this.turnedKernel = memory.matrix(area(size) * filters, channels);
    this.padded = paddedPictures(memory, input.rows, window, channels);
    this.spreadDelta = new SpreadPictures(memory, 1, {
      from: output,
      to: [picture[0] + size[0] - 1, picture[1] + size[1] - 1],
      corner: [size[0] - 1 - before[0], size[1] - 1 - before[1]],
      strides,
      channels: filters,
    });
  }

  forward(samples: number): void {
    const { memory, kernel, bias, padded, input } = this;
    for (let sample = 0; sample < samples; sample++) {
      padded?.copy(input, sample, sample);
      memory.multiply(
        this.patches(sample),
        kernel.weights,
        this.places(this.output, sample),
        bias?.weights,
      );
    }
    this.activation?.apply(memory, this.output.part(0, samples));
  }

  backward(samples: number, deltaBelow: Matrix | undefined): void {
    const { memory, kernel, bias, ones } = this;
    const delta = this.delta.part(0, samples);
    this.activation?.scaleBySlope(memory, delta, this.output.part(0, samples));
    for (let sample = 0; sample < samples; sample++) {
      const own = this.places(delta, sample);
      const sumUp = (factors: View, { gradient }: Weights) =>
        memory.multiply(factors, own, gradient, sample === 0 ? undefined : gradient);
      sumUp(transposed(this.patches(sample)), kernel);
      if (bias) sumUp(ones.view, bias);
    }
    if (deltaBelow) this.backwardToInput(samples, deltaBelow);
  }

  /** An input's gradient is a convolution, too: of `delta` with the kernel turned by half a turn. */
  private backwardToInput(samples: number, deltaBelow: Matrix): void {
    const { memory, spreadDelta, turnedKernel, channels, filters } = this;
    const { input, size } = this.window;
    this.turnKernel();
    for (let sample = 0; sample < samples; sample++) {
      spreadDelta.copy(this.delta, sample, 0);
      const width = input[1] + size[1] - 1;
      const patches = patchesOf(spreadDelta.pictures, 0, width, filters, {
        size,
        strides: [1, 1],
        output: input,
      });
      memory.multiply(patches, turnedKernel, deltaBelow.rowAs(sample, area(input), channels));
    }
  }

  /** The patches of a sample, one a row. */
  private patches(sample: number): View {
    const { padded, input, window, channels } = this;
    const width = window.input[1] + window.around[1];
    return patchesOf(padded?.pictures ?? input, sample, width, channels, window);
  }

  /** A sample's output or its gradient, with a place of the window a row. */
  private places(of: Matrix, sample: number): Matrix {
    const { window, filters } = this;
    return of.rowAs(sample, area(window.output), filters);
  }

  /** Exchanges channels and filters of the kernel, and turns it by half a turn. */
  private turnKernel(): void {
    const { window, channels, filters } = this;
    const { values: from, rowStride } = this.kernel.weights;
    const { values: to, rowStride: turnedStride } = this.turnedKernel;
    const places = area(window.size);
    for (let place = 0; place < places; place++) {
      for (let c = 0; c < channels; c++) {
        const row = (place * channels + c) * rowStride;
        const turned = (places - 1 - place) * filters * turnedStride + c;
        for (let f = 0; f < filters; f++)
          to[turned + f * turnedStride] = from[row + f] ?? Number.NaN;
      }
    }
  }
}
