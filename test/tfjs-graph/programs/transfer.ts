/** Trains on the digits 0 to 4, then reuses the convolutions for 5 to 9. */
import * as tf from '@tensorflow/tfjs';
import { pictures } from './pictures';

const features = [
  tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 8, kernelSize: 3, activation: 'relu' }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu' }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.flatten(),
];
const head = () => [
  tf.layers.dense({ units: 32, activation: 'relu' }),
  tf.layers.dense({ units: 5, activation: 'softmax' }),
];

async function train(
  model: tf.LayersModel,
  rate: number,
  [x, y]: readonly tf.Tensor[],
  epochs: number,
): Promise<void> {
  model.compile({
    optimizer: tf.train.adam(rate),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const options = { epochs, batchSize: 32, validationSplit: 0.2 };
  const { history } = await model.fit(x as tf.Tensor, y as tf.Tensor, options);
  console.log(JSON.stringify(history));
}

async function main(): Promise<void> {
  await tf.ready();
  const base = tf.sequential({ layers: [...features, ...head()] });
  await train(base, 0.001, pictures(1000, [0, 1, 2, 3, 4]), 2);

  const digits = pictures(1000, [5, 6, 7, 8, 9]);
  const model = tf.sequential({ layers: [...features, ...head()] });
  for (const layer of features) layer.trainable = false;
  const frozen = features.flatMap(layer => layer.getWeights()).map(weight => weight.clone());
  await train(model, 0.001, digits, 3);
  const now = features.flatMap(layer => layer.getWeights());
  const changes = now.map(
    (weight, i) =>
      weight
        .sub(frozen[i] as tf.Tensor)
        .abs()
        .max()
        .dataSync()[0],
  );
  console.log(JSON.stringify({ changes }));

  for (const layer of features.slice(2)) layer.trainable = true;
  await train(model, 0.0001, digits, 3);
}

main();
