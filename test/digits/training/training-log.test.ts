import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { divide, fit, useDevice } from 'digits';
import { loadData } from 'mnist-data-loader';
import {
  fingerprint,
  trainingOf,
  trainingsIn,
  trainingsOf,
} from '../../../lib/digits/training/training-log';
import { compiledModel, digitsOf } from '../../support';

describe('the trainings that took place', () => {
  before(() => useDevice());

  it('are known by what fit returns, by its history, and by the model', async () => {
    const model = compiledModel();
    const [x, y] = digitsOf(20);
    const [first, second] = [
      await fit(model, x, y, { verbose: 0, write: () => {} }),
      await fit(model, x, y, { validationData: [x, y], verbose: 0, write: () => {} }),
    ];
    const training = trainingOf(first);
    assert.equal(training, trainingOf(first.history));
    assert.deepEqual([training?.model, training?.data, training?.again], [model, { x, y }, false]);
    assert.deepEqual([training?.validation, training?.history], [undefined, first.history]);
    assert.deepEqual([trainingOf(second)?.validation, trainingOf(second)?.again], [{ x, y }, true]);
    assert.deepEqual(trainingsOf(model), [training, trainingOf(second)]);
    assert.equal(trainingOf(second)?.weights, fingerprint(model));
    assert.notEqual(training?.weights, fingerprint(model));
    assert.deepEqual(training?.some, Float32Array.from(x.dataSync()));
  });

  it('are remembered as they came out, and nothing else is taken for one', async () => {
    const [x, y] = digitsOf(20);
    const result = await fit(compiledModel(), x, y, { verbose: 0, write: () => {} });
    const copy = structuredClone(result);
    result.history.loss = [0];
    assert.deepEqual(trainingOf(result)?.history, copy.history);
    assert.equal(trainingOf(copy), undefined);
    assert.deepEqual(trainingsOf(compiledModel()), []);
  });

  it('are listed as they take place, and some samples kept of bytes that became no numbers', async () => {
    const [, [images, labels]] = await loadData();
    const x = divide(images, 255);
    const { trainings } = await trainingsIn(() =>
      fit(compiledModel(), x, tf.tensor1d(labels.data, 'int32'), {
        ...{ batchSize: 5000, verbose: 0, write: () => {} },
      }),
    );
    assert.equal(trainings.length, 1);
    const [{ some, batchSize } = assert.fail()] = trainings;
    assert.deepEqual([some.length, batchSize], [50 * 784, 5000]);
    const second = images.slice(200, 1).data;
    assert.deepEqual(
      some.slice(784, 2 * 784),
      Float32Array.from(second, byte => byte / 255),
    );
    x.dispose();
  });
});
