/** Builds the step of a generative adversarial network, in TensorFlow.js. */
import * as tf from '@tensorflow/tfjs';
import { stack } from './build';
import type { BenchModel } from './models';

/** Returns the two models, and a step of both optimizers on real samples, with the losses of both. */
export function buildGan(description: BenchModel) {
  const { inputs, layers, noise: size = 1, discriminator: parts = [], batchSize } = description;
  const generator = stack(layers as typeof parts, [null, size]);
  const discriminator = stack(parts, [null, ...(inputs[0]?.shape ?? [])]);
  const loss = (samples: tf.Tensor, isReal: 0 | 1) => {
    const logits = discriminator.apply(samples) as tf.Tensor;
    const labels = tf.fill(logits.shape, isReal);
    return tf.losses.sigmoidCrossEntropy(labels, logits) as tf.Scalar;
  };
  const lossOfGenerated = (noise: tf.Tensor, isReal: 0 | 1) =>
    loss(generator.apply(noise) as tf.Tensor, isReal);
  const learn = (model: tf.LayersModel, optimizer: tf.Optimizer, lossOf: () => tf.Scalar) => {
    const weights = model.trainableWeights.map(weight => weight.read() as tf.Variable);
    return optimizer.minimize(lossOf, true, weights) as tf.Scalar;
  };
  const random = (): tf.Tensor => tf.randomNormal([batchSize, size]);
  const [first, second] = [tf.train.adam(), tf.train.adam()];
  return {
    models: [generator, discriminator],
    step: (real: tf.Tensor, noise1 = random(), noise2 = random()): [tf.Tensor, tf.Tensor] => [
      learn(discriminator, first, () => loss(real, 1).add(lossOfGenerated(noise1, 0))),
      learn(generator, second, () => lossOfGenerated(noise2, 1)),
    ],
  };
}
