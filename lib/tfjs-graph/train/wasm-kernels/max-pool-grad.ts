import * as tf from '@tensorflow/tfjs';
import type { Compute } from './kernel';

/** The gradient of max pooling: each window's goes to the first of its largest numbers. */
export const maxPoolGrad: Compute = ({ dy, input }, attrs) => {
  const [slopes, numbers] = [(dy as tf.Tensor).dataSync(), (input as tf.Tensor).dataSync()];
  const { filterSize, strides, pad, dimRoundingMode } = attrs as {
    filterSize: number;
    strides: number;
    pad: 'valid' | 'same' | number;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  const shape = (input as tf.Tensor4D).shape;
  const info = tf.backend_util.computePool2DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const row = inWidth * inChannels;
  const gradient = new Float32Array(numbers.length);
  let next = 0;
  for (let sample = 0; sample < batchSize; sample++) {
    const first = sample * inHeight * row;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - info.padInfo.top;
      const bottom = Math.min(top + info.filterHeight, inHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - info.padInfo.left;
        const right = Math.min(left + info.filterWidth, inWidth);
        for (let c = 0; c < inChannels; c++) {
          let best = Number.NEGATIVE_INFINITY;
          let place = -1;
          for (let y = Math.max(top, 0); y < bottom; y++) {
            for (let x = Math.max(left, 0); x < right; x++) {
              const i = first + y * row + x * inChannels + c;
              if ((numbers[i] as number) > best) {
                best = numbers[i] as number;
                place = i;
              }
            }
          }
          const slope = slopes[next++] as number;
          if (place >= 0) gradient[place] = (gradient[place] as number) + slope;
        }
      }
    }
  }
  return tf.tensor(gradient, shape);
};
