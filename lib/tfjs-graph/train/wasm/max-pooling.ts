import type { Layer } from './layer';
import type { Matrix, Memory } from './memory';
import { area, type Window } from './pictures';

/** A MaxPooling2D layer in training: it remembers where the largest numbers were. */
export class MaxPooling implements Layer {
  readonly output: Matrix;
  readonly delta: Matrix;
  readonly weights = [];
  /** The place in the sample of each number of the output; the first of several that are equal. */
  private readonly places: Int32Array;
  private readonly channels: number;

  /** @param input `[samples, height × width × channels]`. */
  constructor(
    memory: Memory,
    private readonly input: Matrix,
    private readonly window: Window,
  ) {
    this.channels = input.columns / area(window.input);
    const size = area(window.output) * this.channels;
    this.output = memory.samples(input.rows, size);
    this.delta = memory.samples(input.rows, size);
    this.places = new Int32Array(input.rows * size);
  }

  forward(samples: number): void {
    const { channels, window } = this;
    const { input, size, strides, output, before } = window;
    const from = this.input.values;
    const to = this.output.values;
    const { places } = this;
    const row = input[1] * channels;
    let next = 0;
    for (let sample = 0; sample < samples; sample++) {
      const source = sample * this.input.rowStride;
      let target = sample * this.output.rowStride;
      for (let oy = 0; oy < output[0]; oy++) {
        const top = oy * strides[0] - before[0];
        const bottom = Math.min(top + size[0], input[0]);
        for (let ox = 0; ox < output[1]; ox++) {
          const left = ox * strides[1] - before[1];
          const end = Math.min(left + size[1], input[1]) * channels;
          const begin = Math.max(left, 0) * channels;
          for (let c = 0; c < channels; c++) {
            let best = Number.NEGATIVE_INFINITY;
            let place = Math.max(top, 0) * row + begin + c;
            for (let y = Math.max(top, 0) * row; y < bottom * row; y += row) {
              for (let i = y + begin + c; i < y + end; i += channels) {
                const value = from[source + i] as number;
                // What is no number is handed on.
                if (value > best || Number.isNaN(value)) {
                  best = value;
                  place = i;
                }
              }
            }
            to[target++] = best;
            places[next++] = place;
          }
        }
      }
    }
  }

  backward(samples: number, deltaBelow: Matrix | undefined): void {
    if (!deltaBelow) return;
    const { places, delta } = this;
    const from = delta.values;
    const to = deltaBelow.values;
    to.fill(0, 0, samples * deltaBelow.rowStride);
    let next = 0;
    for (let sample = 0; sample < samples; sample++) {
      const first = sample * deltaBelow.rowStride;
      const source = sample * delta.rowStride;
      for (let i = source; i < source + delta.columns; i++) {
        const place = first + (places[next++] as number);
        to[place] = (to[place] as number) + (from[i] as number);
      }
    }
  }
}
