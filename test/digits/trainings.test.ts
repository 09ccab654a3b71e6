import assert from 'node:assert/strict';
import { fit, useDevice } from '../../lib/digits';
import { trainingOf, trainingsOf } from '../../lib/digits/trainings';
import { compiledModel, digitsOf } from '../support';

describe('the trainings that took place', () => {
  before(async () => {
    await useDevice();
  });

  it('are known by what fit returns, by its history, and by the model', async () => {
    const model = compiledModel();
    const [x, y] = digitsOf(20);
    const [first, second] = [
      await fit(model, x, y, { verbose: 0, write: () => {} }),
      await fit(model, x, y, { validationData: [x, y], verbose: 0, write: () => {} }),
    ];
    const training = trainingOf(first);
    assert.equal(training, trainingOf(first.history));
    assert.deepEqual([training?.model, training?.x, training?.again], [model, x, false]);
    assert.deepEqual([training?.validation, training?.history], [undefined, first.history]);
    assert.deepEqual([trainingOf(second)?.validation, trainingOf(second)?.again], [x, true]);
    assert.deepEqual(trainingsOf(model), [training, trainingOf(second)]);
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
});
