import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { summary } from '../../../lib/digits/network/summary';
import { compiledModel } from '../../support';
import { readText } from '../../texts';

/** What it prints. */
function summaryTable(model: tf.LayersModel): string {
  let printed = '';
  summary(model, table => {
    printed = table;
  });
  return printed;
}

describe('summary', () => {
  before(() => useDevice('cpu'));

  it('prints the same for a model built a second time in one kernel', () => {
    compiledModel();
    // Keras's table, to the letter.
    const expected = readText('test/digits/network/summary.txt');
    assert.equal(`${summaryTable(compiledModel())}\n`, expected);
  });

  it('keeps names of your own, cut at the end of their column, and counts frozen weights apart', () => {
    const model = tf.sequential({ name: 'mine' });
    model.add(tf.layers.dense({ units: 3, inputShape: [4], name: 'first', trainable: false }));
    model.add(tf.layers.batchNormalization());
    model.add(tf.layers.dense({ units: 2 }));
    model.add(tf.layers.dropout({ rate: 0.5, name: 'a_name_that_is_longer_than_its_column' }));
    const table = summaryTable(model);
    assert.match(table, /^Model: "mine"$/m);
    assert.match(table, /^a_name_that_is_longer_than_i \(None, 2\) {17}0 {9}$/m);
    assert.match(table, /^first \(Dense\) {16}\(None, 3\) {17}15 {8}$/m);
    assert.match(table, /^dense \(Dense\) {16}\(None, 2\) {17}8 {9}$/m);
    assert.match(table, /^Total params: 35$/m);
    assert.match(table, /^Trainable params: 14$/m);
    assert.match(table, /^Non-trainable params: 21$/m);
  });
});
