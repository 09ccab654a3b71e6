/** Batch and layer normalization with a third of TensorFlow.js's operations. */
import * as tf from '@tensorflow/tfjs';
import type { Call, Weight } from './layer-calls';

/** Internal members of BatchNormalization and LayerNormalization. */
interface Normalization extends tf.layers.Layer {
  readonly axis: number & number[];
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma: Weight | null;
  readonly beta: Weight | null;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
}

/** The calls of normalization layers, implemented by {@link normalize}. */
export const normalizations: Readonly<Record<string, Call>> = {
  BatchNormalization(layer: Normalization, x, args, stock) {
    if (!args?.training) return stock();
    const { axis, momentum, movingMean, movingVariance } = layer;
    const channels = axis < 0 ? axis + x.rank : axis;
    const move = (moving: Weight, current: tf.Tensor) => {
      const average = moving.read();
      moving.write(average.sub(average.sub(current.flatten()).mul(1 - momentum)));
    };
    const axes = x.shape.flatMap((_, i) => (i === channels ? [] : i));
    return normalize(layer, x, axes, [channels], (mean, variance) => {
      move(movingMean, mean);
      move(movingVariance, variance);
    });
  },
  LayerNormalization: (layer: Normalization, x) => normalize(layer, x, layer.axis, layer.axis),
};

/**
 * Returns `(x - mean) / sqrt(variance + epsilon) * gamma + beta`, with mean and variance `over` some axes, and gamma and
 * beta along `parameterAxes`. `use` receives mean and variance.
 */
const normalize = (
  { epsilon, gamma, beta }: Normalization,
  x: tf.Tensor,
  over: number[],
  parameterAxes: readonly number[],
  use?: (mean: tf.Tensor, variance: tf.Tensor) => void,
): tf.Tensor =>
  tf.tidy(() => {
    const shape = x.shape.map((length, axis) => (parameterAxes.includes(axis) ? length : 1));
    const summedAxes = x.shape.flatMap((_, axis) => (parameterAxes.includes(axis) ? [] : axis));
    const factor = gamma?.read().reshape(shape) ?? tf.ones(shape);
    const shift = beta?.read().reshape(shape) ?? tf.zeros(shape);
    const op = tf.customGrad((...args) => {
      const mean = x.mean(over, true);
      const centered = x.sub(mean);
      const variance = centered.square().mean(over, true);
      use?.(mean, variance);
      const inverse = variance.add(epsilon).rsqrt();
      const normal = centered.mul(inverse);
      (args.pop() as unknown as tf.GradSaveFunc)([normal, inverse, factor]);
      const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [n, i, f] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const [slope, product] = [dy.mul(f), dy.mul(n)];
        const along = n.mul(product.mul(f).mean(over, true));
        const byX = slope.sub(slope.mean(over, true)).sub(along).mul(i);
        return [byX, product.sum(summedAxes, true), dy.sum(summedAxes, true)];
      };
      return { value: normal.mul(factor).add(shift), gradFunc };
    });
    return op(x, factor, shift);
  });
