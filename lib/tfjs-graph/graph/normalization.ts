/** Normalizes batches, and the numbers of a sample, by a third of the operations that TensorFlow.js takes. */
import * as tf from '@tensorflow/tfjs';
import { type Call, type Weight, withCalls } from './layer-calls';

/** What the types of BatchNormalization and LayerNormalization leave out. */
interface Normalization extends tf.layers.Layer {
  readonly axis: number & number[];
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma: Weight | null;
  readonly beta: Weight | null;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
}

/** Runs `work`, in which the layers that normalize do so by {@link normalize}. */
export function withNormalization<T>(work: () => T): T {
  const ofBatch: Call = (
    layer: Normalization,
    x,
    given: { readonly training?: boolean } | null,
    stock,
  ) => {
    if (!given?.training) return stock();
    const { axis, momentum, movingMean, movingVariance } = layer;
    const own = axis < 0 ? axis + x.rank : axis;
    const move = (moving: Weight, now: tf.Tensor) => {
      const before = moving.read();
      moving.write(before.sub(before.sub(now.flatten()).mul(1 - momentum)));
    };
    const axes = x.shape.flatMap((_, i) => (i === own ? [] : i));
    return normalize(layer, x, axes, [own], (mean, variance) => {
      move(movingMean, mean);
      move(movingVariance, variance);
    });
  };
  const ofLayer: Call = (layer: Normalization, x) => normalize(layer, x, layer.axis, layer.axis);
  return withCalls({ BatchNormalization: ofBatch, LayerNormalization: ofLayer }, work);
}

/**
 * Normalizes: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`.
 *
 * @param over the axes over which mean and variance are taken, which they keep with a length of 1.
 * @param own the axes of gamma and beta.
 * @param use is given mean and variance.
 */
const normalize = (
  { epsilon, gamma, beta }: Normalization,
  x: tf.Tensor,
  over: number[],
  own: readonly number[],
  use?: (mean: tf.Tensor, variance: tf.Tensor) => void,
): tf.Tensor =>
  tf.tidy(() => {
    const shape = x.shape.map((length, axis) => (own.includes(axis) ? length : 1));
    const others = x.shape.flatMap((_, axis) => (own.includes(axis) ? [] : axis));
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
        const ofX = slope.sub(slope.mean(over, true)).sub(along).mul(i);
        return [ofX, product.sum(others, true), dy.sum(others, true)];
      };
      return { value: normal.mul(factor).add(shift), gradFunc };
    });
    return op(x, factor, shift);
  });
