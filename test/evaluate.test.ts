import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../lib/device/use';
import { evaluate } from '../lib/evaluate';
import { fit } from '../lib/fit';
import { compiledModel, digitsOf, printed } from './support';

describe('evaluate', () => {
  before(async () => {
    await useDevice('cpu');
  });

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

  it('measures: all right after training, with a small loss', async () => {
    const [x, y] = digitsOf(100);
    const model = compiledModel();
    await fit(model, x, y, { epochs: 40, verbose: 0 });
    const [loss = 1, accuracy] = await evaluate(model, x, y, { verbose: 0 });
    assert.equal(accuracy, 1);
    assert.ok(loss < 0.1, `loss ${loss}`);
  });

  it('prints nothing with verbose 0, and leaves no tensor behind', async () => {
    const [x, y] = digitsOf(20);
    const model = compiledModel();
    await evaluate(model, x, y, { verbose: 0 });
    const before = tf.memory().numTensors;
    assert.equal(await printed(() => evaluate(model, x, y, { verbose: 0 })), '');
    assert.equal(tf.memory().numTensors, before);
  });

  it('explains data of the wrong shape', async () => {
    const [x, y] = digitsOf(10);
    const single = x.gather(0);
    await assert.rejects(
      evaluate(compiledModel(), single, y),
      /ShapeError: .*without the batch axis/,
    );
    await assert.rejects(evaluate(compiledModel(), x, y.slice(0, 3)), /10 samples and 3 labels/);
  });
});
