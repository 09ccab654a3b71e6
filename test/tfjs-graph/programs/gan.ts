/** Trains a generator and a discriminator of pictures of three digits against each other, batch by batch. */
import * as tf from '@tensorflow/tfjs';
import { pictures } from './pictures';

const [BATCH, LATENT, STEPS] = [64, 32, 30];
const { layers } = tf;

function buildGenerator(): tf.Sequential {
  return tf.sequential({
    layers: [
      layers.dense({ inputShape: [LATENT + 3], units: 7 * 7 * 16, activation: 'relu' }),
      layers.reshape({ targetShape: [7, 7, 16] }),
      layers.conv2dTranspose({ filters: 16, kernelSize: 4, strides: 2, padding: 'same' }),
      layers.leakyReLU(),
      layers.conv2dTranspose({ filters: 1, kernelSize: 4, strides: 2, padding: 'same' }),
      layers.activation({ activation: 'sigmoid' }),
    ],
  });
}

function buildDiscriminator(): tf.LayersModel {
  const convolutions = tf.sequential();
  convolutions.add(
    layers.conv2d({ inputShape: [28, 28, 1], filters: 16, kernelSize: 4, strides: 2 }),
  );
  convolutions.add(layers.leakyReLU());
  convolutions.add(layers.conv2d({ filters: 32, kernelSize: 4, strides: 2 }));
  convolutions.add(layers.leakyReLU());
  convolutions.add(layers.flatten());
  const image = tf.input({ shape: [28, 28, 1] });
  const features = convolutions.apply(image) as tf.SymbolicTensor;
  const realness = layers.dense({ units: 1, activation: 'sigmoid' }).apply(features);
  const digit = layers.dense({ units: 3, activation: 'softmax' }).apply(features);
  return tf.model({ inputs: image, outputs: [realness, digit] as tf.SymbolicTensor[] });
}

const compile = (model: tf.LayersModel) =>
  model.compile({
    optimizer: tf.train.adam(0.0002, 0.5),
    loss: ['binaryCrossentropy', 'categoricalCrossentropy'],
  });

/** Returns random inputs of the generator for digits. */
const noise = (digits: tf.Tensor2D, seed: number) =>
  tf.concat([tf.randomNormal([BATCH, LATENT], 0, 1, 'float32', seed), digits], 1);

async function main(): Promise<void> {
  await tf.ready();
  const [generator, discriminator] = [buildGenerator(), buildDiscriminator()];
  compile(discriminator);
  // The generator trains through the discriminator, which remains unchanged.
  discriminator.trainable = false;
  const latent = tf.input({ shape: [LATENT + 3] });
  const outputs = discriminator.apply(generator.apply(latent)) as tf.SymbolicTensor[];
  const combined = tf.model({ inputs: latent, outputs });
  compile(combined);

  const [images, labels] = pictures(STEPS * BATCH, [3, 5, 8]);
  const digits = labels.toFloat();
  let numTensors = 0;
  for (let step = 0; step < STEPS; step++) {
    const [real, kinds] = [images.slice(step * BATCH, BATCH), digits.slice(step * BATCH, BATCH)];
    const [x, realness, both] = tf.tidy(() => [
      real.concat(generator.predict(noise(kinds, step)) as tf.Tensor4D),
      tf.concat([tf.ones([BATCH, 1]).mul(0.95), tf.zeros([BATCH, 1])]),
      kinds.concat(kinds),
    ]) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const discriminated = await discriminator.trainOnBatch(x, [realness, both]);
    const [trick, ones] = [tf.tidy(() => noise(kinds, 1000 + step)), tf.ones([BATCH, 1])];
    const generated = await combined.trainOnBatch(trick, [ones, kinds]);
    console.log(JSON.stringify({ discriminated, generated }));
    tf.dispose([real, kinds, x, realness, both, trick, ones]);
    numTensors ||= tf.memory().numTensors;
    const leaked = tf.memory().numTensors - numTensors;
    tf.util.assert(leaked === 0, () => `Leaked ${leaked} tensors`);
  }
}

main();
