/** Data that do not fit the model: each an explained error at the call. */
import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { checkData } from '../../../lib/digits/input/data';
import { LabelError } from '../../../lib/digits/input/errors';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import { predict } from '../../../lib/digits/network/predict';
import { evaluate } from '../../../lib/digits/training/evaluate';
import { fit } from '../../../lib/digits/training/fit';
import type { Tensors } from '../../../lib/tfjs-graph/train/trainer';
import { itNative } from '../../native';
import { compiledModel, digitsOf } from '../../support';
import { survive } from '../../survive';
import { counts } from '../../tfjs-graph/train/counts';
import { SAMPLES, type Wrong, wrongData } from './wrong-data';

type Name = 'fit' | 'evaluate' | 'predict';

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

  /** Makes each call: none may accept what it is given. */
  async function refuses(
    names: readonly Name[],
    says: Wrong['says'],
    [used, samples, labels, options]: [tf.LayersModel, Tensors, Tensors, object?],
  ) {
    const calls = {
      fit: () => fit(used, samples, labels, { verbose: 0, ...options }),
      evaluate: () => evaluate(used, samples as tf.Tensor, labels as tf.Tensor, { verbose: 0 }),
      predict: async () => predict(used, samples as tf.Tensor),
    };
    for (const name of names) {
      await rejects(calls[name](), { message: says(tables.en.input) });
    }
  }

  /** Calls what takes such data: nothing may be lost, and the model trains as before. */
  async function refused(wrong: Wrong, names: readonly Name[]) {
    const used = wrong.model?.() ?? model;
    const [given, labels] = [wrong.x?.() ?? x, wrong.y?.() ?? y] as [Tensors, Tensors];
    const options = wrong.options?.();
    const state = () => [counts(), used.getWeights().map(weight => weight.dataSync().slice())];
    const before = state();
    await refuses(names, wrong.says, [used, given, labels, options]);
    deepEqual(state(), before);
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

  it('explains a validation split that is no share', async () => {
    for (const validationSplit of [1, Number.NaN]) {
      const says: Wrong['says'] = m => m.validationSplit(String(validationSplit));
      await refuses(['fit'], says, [model, x, y, { validationSplit }]);
    }
  });

  it('explains a stage that was left out: a device, layers, compile', async () => {
    const gone = compiledModel();
    gone.dispose();
    const all: Name[] = ['fit', 'evaluate', 'predict'];
    await refuses(all, m => m.noLayers, [tf.sequential(), x, y]);
    await refuses(all, m => m.modelDisposed, [gone, x, y]);
    const uncompiled = tf.sequential({ layers: compiledModel().layers });
    await refuses(['fit', 'evaluate'], m => m.notCompiled, [uncompiled, x, y]);
    deepEqual(predict(uncompiled, x).shape, [SAMPLES, 10]);
    const backend = tf.getBackend();
    await tf.setBackend('cpu');
    await refuses(all, m => m.noDevice, [model, x, y]);
    await tf.setBackend(backend);
  });

  it('keeps the error of validation and its stack, with a name before it', () => {
    const validationData = [x, tf.tensor1d(Array(SAMPLES).fill(12))] as const;
    throws(
      () => checkData(model, x, y, { validationData }),
      (error: Error) => {
        ok(error instanceof LabelError, String(error));
        match(error.stack ?? '', /Error: validationData: E.*\n(.*\n)* {4}at .*data\.ts:\d+/);
        match(inspect(error), /^LabelError: validationData: Expected labels/);
        return true;
      },
    );
  });

  it('takes integers and booleans as numbers, and labels of either shape', async () => {
    const labels = y.reshape([SAMPLES, 1]);
    await fit(model, x.toBool(), labels, { verbose: 0, validationData: [x.toInt(), labels] });
    ok((await evaluate(model, x, y.toFloat(), { verbose: 0 })).every(Number.isFinite));
  });
});
