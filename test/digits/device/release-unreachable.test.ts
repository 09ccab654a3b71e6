import { deepEqual, equal, ok } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { releaseUnreachable } from '../../../lib/digits/device/release-unreachable';
import { settledCounts } from '../../tfjs-graph/train/counts';

describe('what no code can reach any more', () => {
  before(async () => {
    await tf.setBackend('cpu');
    releaseUnreachable();
    releaseUnreachable(); // once more, as another package may
  });

  it('is released: tensors, and models with their optimizers but for the last four', async () => {
    const train = () => {
      const x = tf.randomNormal([20, 3]);
      const y = tf.tidy(() => tf.keep(x.sum(1, true)).mul(2)) as tf.Tensor2D;
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
      const loss = () => tf.losses.meanSquaredError(y, model.apply(x) as tf.Tensor2D).asScalar();
      tf.train.adam().minimize(loss);
    };
    // The first ones take the place of other tests' models.
    for (let time = 0; time < 8; time++) train();
    const tensorsBefore = (await settledCounts()).tensors;
    const variables = Object.keys(tf.engine().registeredVariables).length;
    for (let time = 0; time < 8; time++) train();
    ok(tf.memory().numTensors > tensorsBefore);
    // Or fewer: other tests' may go meanwhile.
    ok((await settledCounts()).tensors <= tensorsBefore);
    ok(Object.keys(tf.engine().registeredVariables).length <= variables);
  });

  it('is told from what is still held, by whatever', async () => {
    const tensors = [tf.tensor1d([1, 2])];
    const view = tf.tensor1d([3, 4, 5, 6]).reshape([2, 2]); // shares the data of one that is not held
    const variable = tf.variable(tf.tensor1d([7]));
    variable.assign(tf.tensor1d([8]));
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    const weights = model.getWeights();
    await settledCounts();
    deepEqual(
      tensors.map(tensor => [...tensor.dataSync()]),
      [[1, 2]],
    );
    deepEqual(view.arraySync(), [
      [3, 4],
      [5, 6],
    ]);
    deepEqual([...variable.dataSync()], [8]);
    ok(Object.values(tf.engine().registeredVariables).includes(variable));
    equal(weights[0]?.isDisposed, false);
    equal(weights[0]?.dataSync().length, 1);
    // A disposed tensor is not released twice.
    const { numTensors } = tf.memory();
    tf.dispose([tensors, view, variable]);
    equal(tf.memory().numTensors, numTensors - 3);
  });
});
