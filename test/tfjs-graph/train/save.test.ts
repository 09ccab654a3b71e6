/** A model has the weights of the step that an interrupt let end, among the steps of its call. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { requestInterrupt } from '../../../lib/digits/notebook/interrupt';
import { describeNative } from '../../native';
import { assertSameWeights, dense, fitQuietly, fitStock, mlp, twins } from './against-stock';

const SAMPLES = 200;
const BATCH = 5;
const options = { batchSize: BATCH, validationSplit: 0 };

describeNative('an interrupted fit', () => {
  before(() => useDevice('cpu'));

  it('leaves the weights of the last step in the model', async () => {
    const normalization = () => tf.layers.batchNormalization();
    const layers = () => [...mlp('tanh').slice(0, 1), normalization(), dense(4, 'softmax')];
    const [ours, stock] = twins({ layers, optimizer: () => tf.train.sgd(0.1) });
    const x = tf.randomUniform([SAMPLES, 6], 0, 1, 'float32', 3);
    const y = tf.randomUniform([SAMPLES], 0, 4, 'int32', 5).toFloat();
    let said = '';
    // The line is drawn at the first step that is back from the call.
    const write = (text: string) => {
      said += text;
      if (text.startsWith('\r')) requestInterrupt();
    };
    await fitQuietly(ours, x, y, { ...options, verbose: 1, write });
    const [, step] = /interrupted at epoch 1, step (\d+)\/40/.exec(said) ?? [];
    const steps = Number(step);
    assert.ok(steps > 1 && steps < 40, said);
    const taken = steps * BATCH;
    await fitStock(stock, x.slice(0, taken), y.slice(0, taken), { ...options, epochs: 1 });
    assertSameWeights(ours, stock, 1e-5);
  });
});
