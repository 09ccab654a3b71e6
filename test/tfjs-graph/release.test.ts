import { deepEqual, equal, ok } from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { releaseUnreachable } from 'tfjs-graph';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Waits until no more tensors are left than so many, as the collector finds them. */
async function untilLeft(count: number): Promise<void> {
  for (let looks = 0; tf.memory().numTensors > count && looks < 50; looks++) {
    collect();
    await new Promise(go => setTimeout(go, 20));
  }
  equal(tf.memory().numTensors, count);
}

/** Counts the tensors that are left once those of other tests have gone. */
async function countSettled(): Promise<number> {
  let [count, looks] = [-1, 0];
  while (looks < 10) {
    collect();
    await new Promise(go => setTimeout(go, 20));
    const now = tf.memory().numTensors;
    looks = now === count ? looks + 1 : 0;
    count = now;
  }
  return count;
}

describe('what no code can reach any more', () => {
  before(async () => {
    await tf.setBackend('cpu');
    releaseUnreachable();
    releaseUnreachable(); // once more, as another package may
  });

  it('is released: tensors, and models with their optimizers but for the last four', async () => {
    const before = await countSettled();
    const variables = Object.keys(tf.engine().registeredVariables).length;
    const train = () => {
      const x = tf.randomNormal([20, 3]);
      const y = tf.tidy(() => tf.keep(x.sum(1, true)).mul(2)) as tf.Tensor2D;
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
      const loss = () => tf.losses.meanSquaredError(y, model.apply(x) as tf.Tensor2D).asScalar();
      tf.train.adam().minimize(loss);
    };
    for (let time = 0; time < 8; time++) train();
    ok(tf.memory().numTensors > before + 8 * 8);
    await untilLeft(before + 4 * 2);
    equal(Object.keys(tf.engine().registeredVariables).length, variables + 4 * 2);
  });

  it('is told from what is still held, by whatever', async () => {
    const held = [tf.tensor1d([1, 2])];
    const view = tf.tensor1d([3, 4, 5, 6]).reshape([2, 2]); // shares the data of one that is not held
    const variable = tf.variable(tf.tensor1d([7]));
    variable.assign(tf.tensor1d([8]));
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    const weights = model.getWeights();
    for (let looks = 0; looks < 10; looks++) {
      collect();
      await new Promise(go => setTimeout(go, 20));
    }
    deepEqual(
      held.map(tensor => [...tensor.dataSync()]),
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
    // What was disposed of is not released once more.
    const { numTensors } = tf.memory();
    tf.dispose([held, view, variable]);
    equal(tf.memory().numTensors, numTensors - 3);
  });
});
