import * as tf from '@tensorflow/tfjs';

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
const x = tf.linspace(0, 1, 200).reshape([200, 1]);
const y = x.mul(3).add(1);
const { history } = await model.fit(x, y, { epochs: 20, batchSize: 10, verbose: 0 });
await model.save(`file://${process.cwd()}/saved`);
const again = await tf.loadLayersModel(`file://${process.cwd()}/saved/model.json`);
const same = tf.equal(again.predict(x), model.predict(x)).all().arraySync();
console.log(JSON.stringify([tf.getBackend(), history.loss.at(-1) < 0.01, same]));
