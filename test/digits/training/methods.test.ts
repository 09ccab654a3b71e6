import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import '../../../lib/digits/training/methods';
import { isPending } from '../../../lib/tfjs-graph/bytes/byte-tensor';
import { divide } from '../../../lib/tfjs-graph/bytes/divide';
import { itNative } from '../../native';
import { compiledModel, digitsOf, heard, printed } from '../../support';
import { readText } from '../../texts';
import { assertNothingLeft, counts, settledCounts } from '../../tfjs-graph/train/counts';

describe('model.evaluate', () => {
  before(() => useDevice('cpu'));

  it("prints Keras's line and returns what it says", async () => {
    const [x, y] = digitsOf(130);
    const model = compiledModel();
    const [scalars, output] = await heard(() => model.evaluate(x, y, { batchSize: 64 }));
    const [loss = 0, accuracy = 0] = scalars.map(scalar => scalar.arraySync());
    assert.equal(
      output.replace(/ \d+s /, ' 0s '),
      `3/3 - 0s - loss: ${loss.toFixed(4)} - sparse_categorical_accuracy: ${accuracy.toFixed(4)}`,
    );
  });

  it('prints nothing with verbose 0, and leaves no tensor behind', async () => {
    const [x, y] = digitsOf(20);
    const model = compiledModel();
    tf.dispose(model.evaluate(x, y, { verbose: 0 }));
    const countsBefore = await settledCounts();
    assert.equal(await printed(() => tf.dispose(model.evaluate(x, y, { verbose: 0 }))), '');
    assertNothingLeft(countsBefore);
  });
});

describe('model.predict', () => {
  before(() => useDevice('cpu'));

  itNative('turns bytes into floats step by step, for the same output', () => {
    const model = compiledModel();
    const data = Uint8Array.from({ length: 1100 * 784 }, (_, i) => (i * i) % 251);
    const bytes = divide({ data, shape: [1100, 28, 28] }, 255);
    model.predict(bytes.slice(0, 1)).dispose(); // the weights go over to TensorFlow
    const tensorsBefore = counts().addonTensors;
    const inSteps = model.predict(bytes);
    assert.ok(isPending(bytes));
    assert.equal(counts().addonTensors, tensorsBefore + 1, 'the output alone');
    const atOnce = model.predict(bytes.mul(1));
    assert.deepEqual(inSteps.shape, [1100, 10]);
    assert.ok(inSteps.sub(atOnce).abs().max().asScalar().arraySync() < 1e-6);
  });
});

describe('model.summary', () => {
  it('prints the same for a model built a second time in one kernel', async () => {
    compiledModel();
    // Keras's table, to the letter.
    const expected = readText('test/digits/training/summary.txt');
    assert.equal(`${await printed(() => compiledModel().summary())}\n`, expected);
  });

  it('keeps names of your own, cut at the end of their column, and counts frozen weights apart', async () => {
    const model = tf.sequential({ name: 'mine' });
    model.add(tf.layers.dense({ units: 3, inputShape: [4], name: 'first', trainable: false }));
    model.add(tf.layers.batchNormalization());
    model.add(tf.layers.dense({ units: 2 }));
    model.add(tf.layers.dropout({ rate: 0.5, name: 'a_name_that_is_longer_than_its_column' }));
    const table = await printed(() => model.summary());
    assert.match(table, /^Model: "mine"$/m);
    assert.match(table, /^a_name_that_is_longer_than_i \(None, 2\) {17}0 {9}$/m);
    assert.match(table, /^first \(Dense\) {16}\(None, 3\) {17}15 {8}$/m);
    assert.match(table, /^dense \(Dense\) {16}\(None, 2\) {17}8 {9}$/m);
    assert.match(table, /^Total params: 35$/m);
    assert.match(table, /^Trainable params: 14$/m);
    assert.match(table, /^Non-trainable params: 21$/m);
  });

  it('is TensorFlow.js’s if columns are asked for', async () => {
    const table = await printed(() => compiledModel().summary(80));
    assert.match(table, /^Layer \(type\) +Input Shape +Output shape +Param # +$/m);
    assert.match(table, /^={80}$/m);
  });
});
