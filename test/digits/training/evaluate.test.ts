import assert from 'node:assert/strict';
import { useDevice } from '../../../lib/digits/device/use';
import { evaluate } from '../../../lib/digits/training/evaluate';
import { compiledModel, digitsOf, printed } from '../../support';
import { assertNothingLeft, settledCounts } from '../../tfjs-graph/train/counts';

describe('evaluate', () => {
  before(() => useDevice('cpu'));

  it("prints Keras's line and returns what it says", async () => {
    const [x, y] = digitsOf(130);
    const model = compiledModel();
    let values: number[] = [];
    const shown = await printed(async () => {
      values = await evaluate(model, x, y, { batchSize: 64 });
    });
    const [loss = 0, accuracy = 0] = values;
    assert.equal(
      shown.replace(/ \d+s /, ' 0s '),
      `3/3 - 0s - loss: ${loss.toFixed(4)} - sparse_categorical_accuracy: ${accuracy.toFixed(4)}`,
    );
  });

  it('prints nothing with verbose 0, and leaves no tensor behind', async () => {
    const [x, y] = digitsOf(20);
    const model = compiledModel();
    await evaluate(model, x, y, { verbose: 0 });
    const before = await settledCounts();
    assert.equal(await printed(() => evaluate(model, x, y, { verbose: 0 })), '');
    assertNothingLeft(before);
  });
});
