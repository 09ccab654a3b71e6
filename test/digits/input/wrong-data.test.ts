/** Data that do not fit the model: each an explained error at the call, in both languages. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import { getLanguage, setLanguage } from '../../../lib/digits/language';
import { predict } from '../../../lib/digits/network/predict';
import { evaluate } from '../../../lib/digits/training/evaluate';
import { fit } from '../../../lib/digits/training/fit';
import type { Tensors } from '../../../lib/tfjs-graph/train/tensors';
import { itNative } from '../../native';
import { compiledModel, digitsOf } from '../../support';
import { survive } from '../../survive';
import { counts } from '../../tfjs-graph/train/counts';
import { SAMPLES, type Wrong, wrongData } from './wrong-data';

describe('data that do not fit', () => {
  let x: tf.Tensor3D;
  let y: tf.Tensor1D;
  let model: tf.Sequential;
  let wrong: ReturnType<typeof wrongData>;

  before(async () => {
    await useDevice('cpu');
    [x, y] = digitsOf(SAMPLES);
    model = compiledModel();
    wrong = wrongData(x, y);
  });
  afterEach(() => setLanguage('en'));

  /** Calls what takes such data, each in both languages: none may accept them, or lose anything. */
  async function refused(wrong: Wrong, calls: readonly ('fit' | 'evaluate' | 'predict')[]) {
    const used = wrong.model?.() ?? model;
    const [given, labels] = [wrong.x?.() ?? x, wrong.y?.() ?? y] as [Tensors, Tensors];
    const options = { verbose: 0 as const, ...wrong.options?.() };
    const before = [counts(), used.getWeights().map(weight => weight.dataSync().slice())];
    for (const call of calls) {
      for (const language of ['en', 'zh'] as const) {
        setLanguage(language);
        const run = async () =>
          call === 'fit'
            ? fit(used, given, labels, options)
            : call === 'evaluate'
              ? evaluate(used, given as tf.Tensor, labels as tf.Tensor, { verbose: 0 })
              : predict(used, given as tf.Tensor);
        await rejects(run(), ({ message }: Error) => {
          ok(message.includes(wrong[getLanguage()]), `${call}: ${message}`);
          return true;
        });
      }
    }
    setLanguage('en');
    const after = [counts(), used.getWeights().map(weight => weight.dataSync().slice())];
    deepEqual(after, before);
    equal((await fit(model, x, y, { verbose: 0 })).epoch.length, 1, 'the model trains');
  }

  itNative('explains samples of another shape or type, none at all, or disposed of', () =>
    survive(
      'kernel',
      'samples of the wrong shape, type or number, or disposed of',
      wrong.samples.length,
      i => refused(itemAt(wrong.samples, i), ['fit', 'evaluate', 'predict']),
    ),
  );

  it('explains labels of another shape, type or number', () =>
    survive(
      'kernel',
      'labels of the wrong shape, type or number, one-hot or not',
      wrong.labels.length,
      i => refused(itemAt(wrong.labels, i), ['fit', 'evaluate']),
    ));

  it('explains labels that are none of the classes', () =>
    survive('kernel', 'labels out of range', wrong.values.length, i =>
      refused(itemAt(wrong.values, i), ['fit', 'evaluate']),
    ));

  it('explains options that no training can have', () =>
    survive(
      'kernel',
      'impossible batch sizes, epochs and validation splits',
      wrong.others.length,
      i => refused(itemAt(wrong.others, i), ['fit']),
    ));

  it('explains a model without layers, or disposed of', async () => {
    const gone = compiledModel();
    gone.dispose();
    for (const [wrong, en, zh] of [
      [
        tf.sequential(),
        /has no layers yet\. Run stage 5 again/,
        /还没有任何层。请重新运行第 5 阶段/,
      ],
      [
        gone,
        /has been disposed of\. Run stage 5 again/,
        /已被释放（dispose）。请重新运行第 5 阶段/,
      ],
    ] as const) {
      for (const expected of [en, zh]) {
        setLanguage(expected === en ? 'en' : 'zh');
        await rejects(fit(wrong, x, y), expected);
        await rejects(evaluate(wrong, x, y), expected);
        await rejects(async () => predict(wrong, x), expected);
      }
    }
  });

  it('takes integers and booleans as numbers, and labels of either shape', async () => {
    for (const given of [x.toInt(), x.toBool(), x]) {
      for (const labels of [y, y.reshape([SAMPLES, 1]), y.toFloat()]) {
        await fit(model, given, labels, { verbose: 0, validationData: [given, labels] });
        ok((await evaluate(model, given, labels, { verbose: 0 })).every(Number.isFinite));
      }
    }
    await fit(model, x, y.less(5), { verbose: 0 });
  });
});
