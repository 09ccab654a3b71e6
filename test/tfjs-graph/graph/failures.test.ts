/** What remains of a graph that is loaded but cannot be given its values. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/digits/training/fit';
import { divide } from '../../../lib/tfjs-graph/graph/byte-tensor';
import { GraphFunction } from '../../../lib/tfjs-graph/graph/function';
import { Session } from '../../../lib/tfjs-graph/graph/session';
import { describeNative } from '../../native';
import { counts } from '../train/counts';

describeNative('a session that fails at its first values', () => {
  before(() => useDevice('cpu'));

  /** Runs `work`, while no session runs; it must fail for that. */
  async function withoutRuns(work: () => unknown): Promise<void> {
    const run = mock.method(Session.prototype, 'run', () => {
      throw new Error('no run');
    });
    try {
      await assert.rejects(async () => work(), /no run/);
    } finally {
      run.mock.restore();
    }
  }

  it('leaves nothing behind of a GraphFunction', async () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const offset = tf.tensor1d([3, 4]);
    const pixels = divide({ data: Uint8Array.of(5, 6), shape: [2] }, 1);
    const example = tf.zeros([2]);
    const make = () => new GraphFunction(x => [x.mul(weight).add(offset).add(pixels)], [example]);
    make().dispose();
    const before = counts();
    await withoutRuns(make);
    assert.deepEqual(counts(), before);
    tf.dispose([weight, offset, pixels, example]);
  });

  it('leaves nothing behind of a training', async () => {
    const layers = [tf.layers.dense({ units: 1, inputShape: [2] })];
    const model = tf.sequential({ layers });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const [x, y] = [tf.ones([4, 2]), tf.ones([4, 1])];
    const train = () => fit(model, x, y, { epochs: 1, verbose: 0 });
    await train();
    const before = counts();
    await withoutRuns(train);
    assert.deepEqual(counts(), before);
    tf.dispose([x, y]);
    model.dispose();
  });
});
