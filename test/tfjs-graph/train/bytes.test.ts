/** That a model learns the same on bytes as on the floats that they stand for. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { bytePictures } from '../../support';
import {
  assertClose,
  assertSameHistory,
  assertSameWeights,
  build,
  type Case,
  dense,
  fitQuietly,
  twins,
} from './against-stock';

const SAMPLES = 300;

const example = (units: number, optimizer: () => tf.Optimizer, penalty = 0): Case => ({
  layers: () => [
    tf.layers.flatten({ inputShape: [8, 8] }),
    tf.layers.dense({
      ...{ units, activation: 'relu' },
      ...(penalty > 0 && { kernelRegularizer: tf.regularizers.l2({ l2: penalty }) }),
    }),
    dense(4, 'softmax'),
  ],
  optimizer,
});
const pictures = () => bytePictures(5, [SAMPLES, 8, 8] as const);
const classes = () => tf.randomUniform([SAMPLES], 0, 4, 'int32', 5).toFloat();

const tests = (device: 'cpu' | 'wasm') => () => {
  before(() => useDevice(device));
  after(() => useDevice('cpu'));

  // By words of the mask, by columns computed together, with a last step of fewer samples, with updates that also
  // compute the gradient (128 units and at most 64 samples), and with a gradient that contains the product.
  for (const [units, batchSize, penalty] of [
    [600, 64, 0],
    [128, 64, 0],
    [128, 64, 0.01],
    [70, 130, 0],
  ] as const) {
    it(`trains as on floats: ${units} units, ${batchSize} samples a step, penalty ${penalty}`, async () => {
      const options = { batchSize, epochs: 2, validationSplit: 0.2, shuffle: false };
      // So large an epsilon that no weight hangs on how a gradient of nearly 0 is rounded.
      const adam = () => tf.train.adam(0.01, 0.9, 0.999, 0.01);
      const [x, y] = [pictures(), classes()];
      const floats = tf.tensor(x.dataSync(), x.shape);
      const [fused, other] = twins(example(units, adam, penalty));
      for (let i = 0; i < 2; i++) {
        const trained = await fitQuietly(fused, x, y, options);
        assert.equal(trained.said, '', 'recorded, not fallen back');
        assertSameHistory(trained, await fitQuietly(other, floats, y, options), 1e-5);
      }
      assertSameWeights(fused, other, 1e-5);
      const slots = async (model: tf.LayersModel) =>
        (await model.optimizer.getWeights()).map(({ tensor }) => tensor.dataSync());
      const [mine, theirs] = [await slots(fused), await slots(other)];
      assert.equal(mine.length, theirs.length);
      for (const [i, values] of mine.entries()) {
        const expected = theirs[i] as Float32Array;
        const most = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        assertClose(values, expected, 1e-4, `slot ${i}`, most);
      }
    });
  }

  it('changes no tensor that somebody else holds', async () => {
    const [x, y] = [pictures(), classes()];
    const model = build(example(64, () => tf.train.adam(0.01)));
    const options = { batchSize: 50, epochs: 1, shuffle: false };
    const copies: { tensor: tf.Tensor; values: string }[] = [];
    for (let i = 0; i < 3; i++) {
      await fitQuietly(model, x, y, options);
      const slots = (await model.optimizer.getWeights()).map(({ tensor }) => tensor);
      for (const tensor of [...model.getWeights(), ...slots]) {
        copies.push({ tensor: tensor.clone(), values: String(tensor.dataSync()) });
      }
    }
    for (const { tensor, values } of copies) assert.equal(String(tensor.dataSync()), values);
  });
};

describe('training on bytes, on the native engine', tests('cpu'));
describe('training on bytes, on WebAssembly', tests('wasm'));
