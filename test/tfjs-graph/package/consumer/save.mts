import * as tf from '@tensorflow/tfjs';
import { type FitOptions, fit } from 'tfjs-graph';

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
const x: tf.Tensor2D = tf.linspace(0, 1, 200).reshape([200, 1]);
const options: FitOptions = { epochs: 20, batchSize: 10, verbose: 0 };
const { history } = await fit(model, x, x.mul(3).add(1), options);
await model.save(`file://${process.cwd()}/saved`);
const again = await tf.loadLayersModel(`file://${process.cwd()}/saved/model.json`);
const same = tf.equal(again.predict(x) as tf.Tensor, model.predict(x) as tf.Tensor);
const learnt = Number(history.loss?.at(-1)) < 0.01;
console.log(JSON.stringify([tf.getBackend(), learnt, same.all().arraySync()]));
