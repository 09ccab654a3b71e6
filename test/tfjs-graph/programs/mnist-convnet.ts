/** Classifies pictures of digits with convolutions and dropout. */
import * as tf from '@tensorflow/tfjs';
import { pictures } from './pictures';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

async function main(): Promise<void> {
  await tf.ready();
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 16, kernelSize: 3, activation: 'relu' }),
      tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dropout({ rate: 0.25 }),
      tf.layers.dense({ units: 128, activation: 'relu' }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({
    optimizer: tf.train.adam(0.003),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const [x, y] = pictures(1600, DIGITS);
  const { history } = await model.fit(x, y, { epochs: 5, batchSize: 64, validationSplit: 0.15 });
  console.log(JSON.stringify(history));
  const [testX, testY] = pictures(400, DIGITS);
  const [loss, accuracy] = model.evaluate(testX, testY) as tf.Scalar[];
  console.log(JSON.stringify({ testLoss: loss?.dataSync()[0], testAcc: accuracy?.dataSync()[0] }));
}

main();
