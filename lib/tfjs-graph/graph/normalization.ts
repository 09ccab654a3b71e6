/** Normalizes batches, and the numbers of a sample, by a third of the operations that TensorFlow.js takes. */
import * as tf from '@tensorflow/tfjs';
import { withValues } from '../with-values';

type Weight = { read(): tf.Tensor; write(value: tf.Tensor): unknown };
type Inputs = tf.Tensor | tf.Tensor[];

/** What the types of BatchNormalization and LayerNormalization leave out. */
interface Normalization extends tf.layers.Layer {
  readonly axis: number & number[];
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma: Weight | null;
  readonly beta: Weight | null;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
  call(inputs: Inputs, given: { readonly training?: boolean } | null): Inputs;
}

/** Runs `work`, in which the layers that normalize do so by {@link normalize}. */
export function withNormalization<T>(work: () => T): T {
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  const [batch, layer] = ['BatchNormalization', 'LayerNormalization'].map(
    name => classes[name]?.[0].prototype as unknown as Normalization,
  ) as [Normalization, Normalization];
  const { call } = batch;
  const ofBatch: typeof call = function (this: Normalization, inputs, given) {
    if (!given?.training) return call.call(this, inputs, given);
    const { axis, momentum, movingMean, movingVariance } = this;
    const x = [inputs].flat()[0] as tf.Tensor;
    const own = axis < 0 ? axis + x.rank : axis;
    const move = (moving: Weight, now: tf.Tensor) => {
      const before = moving.read();
      moving.write(before.sub(before.sub(now.flatten()).mul(1 - momentum)));
    };
    const axes = x.shape.flatMap((_, i) => (i === own ? [] : i));
    return normalize(this, x, axes, [own], (mean, variance) => {
      move(movingMean, mean);
      move(movingVariance, variance);
    });
  };
  const ofLayer: typeof call = function (this: Normalization, inputs) {
    return normalize(this, [inputs].flat()[0] as tf.Tensor, this.axis, this.axis);
  };
  return withValues(batch, { call: ofBatch }, () => withValues(layer, { call: ofLayer }, work));
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
