import assert from 'node:assert/strict';
import { useDevice } from '../../../lib/digits/device/use';
import '../../../lib/digits/training/methods';
import { isPending } from '../../../lib/tfjs-graph/graph/byte-tensor';
import { divide } from '../../../lib/tfjs-graph/graph/divide';
import { itNative } from '../../native';
import { compiledModel, digitsOf } from '../../support';
import { counts } from '../../tfjs-graph/train/counts';

describe('model.predict', () => {
  before(() => useDevice('cpu'));

  it('gives ten probabilities for each sample, the same for a reshaped one and a slice', () => {
    const [x] = digitsOf(5);
    const model = compiledModel();
    const y = model.predict(x);
    assert.deepEqual(y.shape, [5, 10]);
    for (const sum of y.sum(1).dataSync()) assert.ok(Math.abs(sum - 1) < 1e-5, `sum ${sum}`);
    const byReshape = model.predict(x.gather(0).reshape([1, 28, 28]));
    assert.deepEqual(byReshape.arraySync(), model.predict(x.slice(0, 1)).arraySync());
  });

  itNative('turns bytes into floats step by step, for the same output', () => {
    const model = compiledModel();
    const data = Uint8Array.from({ length: 1100 * 784 }, (_, i) => (i * i) % 251);
    const bytes = divide({ data, shape: [1100, 28, 28] }, 255);
    model.predict(bytes.slice(0, 1)).dispose(); // the weights go over to TensorFlow
    const before = counts().addonTensors;
    const inSteps = model.predict(bytes);
    assert.ok(isPending(bytes));
    assert.equal(counts().addonTensors, before + 1, 'the output alone');
    const atOnce = model.predict(bytes.mul(1));
    assert.deepEqual(inSteps.shape, [1100, 10]);
    assert.ok(inSteps.sub(atOnce).abs().max().asScalar().arraySync() < 1e-6);
  });
});
