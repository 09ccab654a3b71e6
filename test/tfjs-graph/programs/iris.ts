/** Tells three kinds of flowers apart by four lengths. */
import * as tf from '@tensorflow/tfjs';

/** Mean lengths of each kind. */
const MEANS = [
  [5.0, 3.4, 1.5, 0.2],
  [5.9, 2.8, 4.3, 1.3],
  [6.6, 3.0, 5.6, 2.0],
];

function flowers(perKind: number, seed: number): [tf.Tensor2D, tf.Tensor2D] {
  const kinds = Array.from({ length: 3 * perKind }, (_, i) => i % 3);
  const means = tf.tensor2d(MEANS).gather(tf.tensor1d(kinds, 'int32'));
  const x = means.add(tf.randomNormal(means.shape, 0, 0.4, 'float32', seed)) as tf.Tensor2D;
  return [x, tf.oneHot(tf.tensor1d(kinds, 'int32'), 3).toFloat() as tf.Tensor2D];
}

async function main(): Promise<void> {
  await tf.ready();
  const [trainX, trainY] = flowers(40, 1);
  const [testX, testY] = flowers(10, 2);
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 10, activation: 'sigmoid', inputShape: [4] }));
  model.add(tf.layers.dense({ units: 3, activation: 'softmax' }));
  model.compile({
    optimizer: tf.train.adam(0.01),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const { history } = await model.fit(trainX, trainY, {
    epochs: 40,
    validationData: [testX, testY],
  });
  console.log(JSON.stringify(history));

  const kinds = (model.predict(testX) as tf.Tensor).argMax(-1);
  console.log(JSON.stringify({ kinds: kinds.arraySync() }));
}

main();
