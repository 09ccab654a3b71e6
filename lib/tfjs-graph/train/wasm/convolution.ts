import type { Activation } from './activations';
import { type Layer, type Trainable, Weights } from './layer';
import { type Matrix, type Memory, transposed, type View } from './memory';
import { area, paddedPictures, patchesOf, SpreadPictures, type Window } from './pictures';

export interface ConvolutionSpec {
  readonly kind: 'convolution';
  readonly window: Window;
  /** Of the input. */
  readonly channels: number;
  readonly filters: number;
  /** None for the last layer, which ends in softmax. */
  readonly activation?: Activation | undefined;
  /** `[height, width, channels, filters]`. */
  readonly kernel: Trainable;
  /** `[filters]`. */
  readonly bias?: Trainable | undefined;
}

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
  private readonly ones: Matrix;
  /** The input with its margins, where the window reaches beyond it. */
  private readonly padded: SpreadPictures | undefined;
  /** A sample's `delta`, over which the turned kernel moves. */
  private readonly spreadDelta: SpreadPictures;
  private readonly turnedKernel: Matrix;

  /** @param input `[samples, height × width × channels]`. */
  constructor(
    private readonly memory: Memory,
    private readonly spec: ConvolutionSpec,
    private readonly input: Matrix,
  ) {
    const { window, channels, filters, kernel, bias } = spec;
    const { input: picture, size, output, strides, before } = window;
    this.kernel = new Weights(memory, kernel, area(size) * channels, filters);
    this.bias = bias && new Weights(memory, bias, 1, filters);
    this.weights = this.bias ? [this.kernel, this.bias] : [this.kernel];
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
    const { memory, kernel, bias, spec, padded, input } = this;
    for (let sample = 0; sample < samples; sample++) {
      padded?.copy(input, sample, sample);
      memory.multiply(
        this.patches(sample),
        kernel.weights,
        this.places(this.output, sample),
        bias?.weights,
      );
    }
    spec.activation?.apply(memory, this.output.part(0, samples));
  }

  backward(samples: number, deltaBelow: Matrix | undefined): void {
    const { memory, kernel, bias, spec, ones } = this;
    const delta = this.delta.part(0, samples);
    spec.activation?.scaleBySlope(memory, delta, this.output.part(0, samples));
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
    const { memory, spreadDelta, turnedKernel, spec } = this;
    const { input, size } = spec.window;
    this.turnKernel();
    for (let sample = 0; sample < samples; sample++) {
      spreadDelta.copy(this.delta, sample, 0);
      const width = input[1] + size[1] - 1;
      const patches = patchesOf(spreadDelta.pictures, 0, width, spec.filters, {
        size,
        strides: [1, 1],
        output: input,
      });
      memory.multiply(patches, turnedKernel, deltaBelow.rowAs(sample, area(input), spec.channels));
    }
  }

  /** The patches of a sample, one a row. */
  private patches(sample: number): View {
    const { padded, input, spec } = this;
    const { window, channels } = spec;
    const width = window.input[1] + window.around[1];
    return patchesOf(padded?.pictures ?? input, sample, width, channels, window);
  }

  /** A sample's output or its gradient, with a place of the window a row. */
  private places(of: Matrix, sample: number): Matrix {
    const { window, filters } = this.spec;
    return of.rowAs(sample, area(window.output), filters);
  }

  /** Exchanges channels and filters of the kernel, and turns it by half a turn. */
  private turnKernel(): void {
    const { window, channels, filters } = this.spec;
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
