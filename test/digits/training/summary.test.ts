import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import '../../../lib/digits/training/methods';
import { compiledModel, printed } from '../../support';
import { readText } from '../../texts';

describe('model.summary', () => {
  before(() => useDevice('cpu'));

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
