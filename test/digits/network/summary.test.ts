import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { summary } from '../../../lib/digits/network/summary';
import { compiledModel, KERAS_SUMMARY } from '../../support';

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
    assert.equal(summaryTable(compiledModel()), KERAS_SUMMARY);
  });

  it('keeps names of your own, and counts frozen weights apart', () => {
    const model = tf.sequential({ name: 'mine' });
    model.add(tf.layers.dense({ units: 3, inputShape: [4], name: 'first', trainable: false }));
    model.add(tf.layers.batchNormalization());
    model.add(tf.layers.dense({ units: 2 }));
    const table = summaryTable(model);
    assert.match(table, /^Model: "mine"$/m);
    assert.match(table, /^first \(Dense\) {16}\(None, 3\) {17}15 {8}$/m);
    assert.match(table, /^dense \(Dense\) {16}\(None, 2\) {17}8 {9}$/m);
    assert.match(table, /^Total params: 35$/m);
    assert.match(table, /^Trainable params: 14$/m);
    assert.match(table, /^Non-trainable params: 21$/m);
  });

  it('fits convolutions and long names into its columns', () => {
    const model = tf.sequential();
    model.add(tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [28, 28, 1] }));
    model.add(tf.layers.maxPooling2d({}));
    model.add(tf.layers.flatten({ name: 'a_name_that_is_longer_than_its_column' }));
    const table = summaryTable(model);
    assert.match(table, /^conv2d \(Conv2D\) {14}\(None, 26, 26, 4\) {9}40 {8}$/m);
    assert.match(table, /^max_pooling2d \(MaxPooling2D\) \(None, 13, 13, 4\) {9}0 {9}$/m);
    assert.match(table, /^a_name_that_is_longer_than_i \(None, 676\) {15}0 {9}$/m);
  });

  it('lists each shape of a layer with several outputs', () => {
    const input = tf.input({ shape: [3] });
    const outputs = [2, 5].map(units => tf.layers.dense({ units }).apply(input));
    const twoOutputs = tf.model({ inputs: input, outputs: outputs as tf.SymbolicTensor[] });
    const outer = tf.input({ shape: [3] });
    const model = tf.model({
      inputs: outer,
      outputs: twoOutputs.apply(outer) as tf.SymbolicTensor[],
    });
    const table = summaryTable(model);
    assert.match(table, /\[\(None, 2\), \(None, 5\)\]/);
  });
});
