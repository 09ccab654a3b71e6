import * as tf from '@tensorflow/tfjs';
import { type Matrix, Memory, transposed } from '../wasm/memory';
import {
  area,
  paddedPictures,
  patchesOf,
  type SpreadPictures,
  type Window,
} from '../wasm/pictures';
import { numbersOf } from '../wasm/samples';
import type { Compute } from './kernel';
import { type Convolution, convolutionOf } from './per-filter-tap';

/** The gradient of a convolution's filters: a product of its patches with the output's gradient. */
export const conv2DBackpropFilter: Compute = ({ x, dy }, attrs) => {
  const [pictures, slopes] = [x as tf.Tensor, dy as tf.Tensor];
  const filterShape = attrs.filterShape as number[];
  const place = placeFor(convolutionOf(pictures.shape, filterShape, attrs, false));
  return tf.tensor(place.sumUp(numbersOf(pictures), numbersOf(slopes)), filterShape);
};

/** Room for one sample at a time, and for the sum over all. */
class Place {
  private readonly memory = new Memory();
  private readonly picture: Matrix;
  private readonly padded: SpreadPictures | undefined;
  private readonly slopes: Matrix;
  private readonly gradient: Matrix;

  constructor(
    private readonly window: Window,
    private readonly channels: number,
    filters: number,
  ) {
    const { memory } = this;
    this.picture = memory.samples(1, area(window.input) * channels);
    this.padded = paddedPictures(memory, 1, window, channels);
    this.slopes = memory.samples(1, area(window.output) * filters);
    this.gradient = memory.matrix(area(window.size) * channels, filters);
  }

  sumUp(pictures: tf.TypedArray, slopes: tf.TypedArray): Float32Array {
    const { memory, window, channels, gradient } = this;
    const width = window.input[1] + window.around[1];
    const patches = patchesOf(this.padded?.pictures ?? this.picture, 0, width, channels, window);
    const places = area(window.output);
    const filters = this.slopes.columns / places;
    const samples = slopes.length / this.slopes.columns;
    gradient.values.fill(0);
    for (let sample = 0; sample < samples; sample++) {
      copySample(pictures, sample, this.picture);
      copySample(slopes, sample, this.slopes);
      this.padded?.copy(this.picture, 0, 0);
      const own = this.slopes.rowAs(0, places, filters);
      memory.multiply(transposed(patches), own, gradient, gradient);
    }
    return gradient.read();
  }
}

function copySample(all: tf.TypedArray, sample: number, { values, columns }: Matrix): void {
  values.set(all.subarray(sample * columns, (sample + 1) * columns));
}

/** Kept by the shapes of the convolution, of which a model has few. */
const places = new Map<string, Place>();

function placeFor({ padInfo, inChannels, outChannels, ...info }: Convolution): Place {
  const { top, bottom, left, right } = padInfo;
  const window: Window = {
    input: [info.inHeight, info.inWidth],
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    output: [info.outHeight, info.outWidth],
    before: [top, left],
    around: [top + bottom, left + right],
  };
  const key = JSON.stringify([window, inChannels, outChannels]);
  const place = places.get(key) ?? new Place(window, inChannels, outChannels);
  places.set(key, place);
  return place;
}
