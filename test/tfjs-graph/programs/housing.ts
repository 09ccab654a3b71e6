/** Predicts prices of houses from 13 features. */
import * as tf from '@tensorflow/tfjs';

/** Draws houses. The price rises with some features and falls with other features, also nonlinearly. */
function houses(count: number): [tf.Tensor2D, tf.Tensor2D] {
  const features = tf.randomNormal<tf.Rank.R2>([count, 13], 0, 1, 'float32', 1 + count);
  const prices = tf.tidy(() => {
    const weights = tf.linspace(-3, 3, 13).as2D(13, 1);
    const rooms = features.slice([0, 5], [-1, 1]);
    const noise = tf.randomNormal([count, 1], 0, 1, 'float32', 2 + count);
    return features.matMul(weights).add(rooms.square()).add(noise).add(22) as tf.Tensor2D;
  });
  return [features.mul(tf.linspace(1, 50, 13)).add(10), prices];
}

async function main(): Promise<void> {
  await tf.ready();
  const [trainX, trainY] = houses(240);
  const [testX, testY] = houses(120);
  const { mean, variance } = tf.moments(trainX, 0);
  const normalize = (x: tf.Tensor) => x.sub(mean).div(variance.sqrt());

  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [13], units: 50, activation: 'sigmoid' }));
  model.add(tf.layers.dense({ units: 50, activation: 'sigmoid' }));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });

  const { history } = await model.fit(normalize(trainX), trainY, {
    batchSize: 40,
    epochs: 200,
    validationSplit: 0.2,
    callbacks: {
      async onEpochEnd(epoch, logs) {
        if (epoch % 50 === 0) console.log(JSON.stringify({ epoch, ...logs }));
      },
    },
    verbose: 0,
  });
  console.log(JSON.stringify(history));
  const result = model.evaluate(normalize(testX), testY, { batchSize: 40 }) as tf.Scalar;
  console.log(JSON.stringify({ testLoss: result.dataSync()[0] }));
}

main();
