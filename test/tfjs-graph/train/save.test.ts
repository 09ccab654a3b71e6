/** A model saved after its training has the weights of its last step, which a session took. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { requestInterrupt } from '../../../lib/digits/notebook/interrupt';
import { describeNative } from '../../native';
import {
  assertClose,
  assertSameWeights,
  dense,
  fitQuietly,
  fitStock,
  mlp,
  twins,
} from './against-stock';

const SAMPLES = 200;
const BATCH = 5;
const example = {
  layers: () => [...mlp('tanh').slice(0, 1), tf.layers.batchNormalization(), dense(4, 'softmax')],
  optimizer: () => tf.train.sgd(0.1),
};
const options = { batchSize: BATCH, validationSplit: 0 };
const x = () => tf.randomUniform([SAMPLES, 6], 0, 1, 'float32', 3);
const y = () => tf.randomUniform([SAMPLES], 0, 4, 'int32', 5).toFloat();

/** The model as another program finds it. */
async function savedAndLoaded(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async artifacts => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  assert.ok(saved);
  return tf.loadLayersModel(tf.io.fromMemory(saved));
}

describeNative('a model saved after fit', () => {
  before(async () => {
    await useDevice('cpu');
  });

  it('has those of the step that an interrupt let end, among the steps of its call', async () => {
    const [ours, stock] = twins(example);
    let said = '';
    // The line is drawn at the first step that is back from the call.
    const write = (text: string) => {
      said += text;
      if (text.startsWith('\r')) requestInterrupt();
    };
    await fitQuietly(ours, x(), y(), { ...options, verbose: 1, write });
    const [, step] = /interrupted at epoch 1, step (\d+)\/40/.exec(said) ?? [];
    const steps = Number(step);
    assert.ok(steps > 1 && steps < 40, said);
    const saved = await savedAndLoaded(ours);
    const taken = steps * BATCH;
    await fitStock(stock, x().slice(0, taken), y().slice(0, taken), { ...options, epochs: 1 });
    assertSameWeights(saved, stock, 1e-5);
    assertSameWeights(saved, ours, 0);
    const [p, q] = [saved, ours].map(model => (model.predict(x()) as tf.Tensor).dataSync());
    assertClose(p ?? [], q ?? [], 1e-6, 'probability');
  });
});
