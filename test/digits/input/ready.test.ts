import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { setLanguage } from '../../../lib/digits/language';
import { predict } from '../../../lib/digits/network/predict';
import { evaluate } from '../../../lib/digits/training/evaluate';
import { fit } from '../../../lib/digits/training/fit';
import { compiledModel, digitsOf } from '../../support';

describe('a stage that was left out', () => {
  let backend: string;
  before(async () => {
    await useDevice('cpu');
    backend = tf.getBackend();
  });

  afterEach(async () => {
    setLanguage('en');
    await tf.setBackend(backend);
  });

  it('names stage 2 where no device was started', async () => {
    const [x, y] = digitsOf(10);
    const model = compiledModel();
    await tf.setBackend('cpu');
    const expected =
      /^NotReadyError: No device has been started.*Run stage 2 first: await useDevice\(\)\.$/;
    await assert.rejects(fit(model, x, y), expected);
    await assert.rejects(evaluate(model, x, y), expected);
    assert.throws(() => predict(model, x), expected);
    setLanguage('zh');
    assert.throws(() => predict(model, x), /请先运行第 2 阶段：await useDevice\(\)/);
  });

  it('names stage 7 where the model was not compiled', async () => {
    const [x, y] = digitsOf(10);
    const { layers } = compiledModel();
    const model = tf.sequential({ layers });
    const expected = /^NotReadyError: This model has not been compiled\. Run stage 7 first/;
    await assert.rejects(fit(model, x, y), expected);
    await assert.rejects(evaluate(model, x, y), expected);
    assert.deepEqual(predict(model, x).shape, [10, 10]);
    setLanguage('zh');
    await assert.rejects(fit(model, x, y), /请先运行第 7 阶段：model\.compile/);
  });
});
