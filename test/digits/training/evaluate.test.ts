import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import '../../../lib/digits/training/methods';
import { compiledModel, digitsOf, heard, printed } from '../../support';
import { assertNothingLeft, settledCounts } from '../../tfjs-graph/train/counts';

describe('model.evaluate', () => {
  before(() => useDevice('cpu'));

  it("prints Keras's line and returns what it says", async () => {
    const [x, y] = digitsOf(130);
    const model = compiledModel();
    const [scalars, shown] = await heard(() => model.evaluate(x, y, { batchSize: 64 }));
    const [loss = 0, accuracy = 0] = scalars.map(scalar => scalar.arraySync());
    assert.equal(
      shown.replace(/ \d+s /, ' 0s '),
      `3/3 - 0s - loss: ${loss.toFixed(4)} - sparse_categorical_accuracy: ${accuracy.toFixed(4)}`,
    );
  });

  it('prints nothing with verbose 0, and leaves no tensor behind', async () => {
    const [x, y] = digitsOf(20);
    const model = compiledModel();
    tf.dispose(model.evaluate(x, y, { verbose: 0 }));
    const before = await settledCounts();
    assert.equal(await printed(() => tf.dispose(model.evaluate(x, y, { verbose: 0 }))), '');
    assertNothingLeft(before);
  });
});
