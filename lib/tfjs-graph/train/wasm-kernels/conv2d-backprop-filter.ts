import type * as tf from '@tensorflow/tfjs';
import type { Compute } from './kernel';
import { byPlace, convolutionOf } from './patches';

/** The gradient of a convolution's filters: for each place of theirs, a product. */
export const conv2DBackpropFilter: Compute = ({ x, dy }, attrs) => {
  const [pictures, slopes] = [x as tf.Tensor, dy as tf.Tensor];
  const info = convolutionOf(pictures.shape, attrs.filterShape as number[], attrs, false);
  const flat = slopes.reshape([-1, info.outChannels]) as tf.Tensor2D;
  return byPlace(pictures, info, met => {
    const numbers = met.reshape([-1, info.inChannels]) as tf.Tensor2D;
    return numbers.matMul(flat, true);
  });
};
