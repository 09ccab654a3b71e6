/** Data that do not fit the model: each call throws an error. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import '../../../lib/digits/training/methods';
import { itNative } from '../../native';
import { compiledModel, digitsOf } from '../../support';
import { survive } from '../../survive';
import { assertNothingLeft, settledCounts } from '../../tfjs-graph/train/counts';
import { SAMPLES, type Wrong, wrongData } from './wrong-data';

const ALL = ['fit', 'evaluate', 'predict'] as const;
type Names = readonly (typeof ALL)[number][];

describe('data that do not fit', () => {
  const [x, y] = digitsOf(SAMPLES);
  const model = compiledModel();
  let wrong: ReturnType<typeof wrongData>;

  before(async () => {
    await useDevice('cpu');
    wrong = wrongData(x, y);
  });

  /** Makes each call: no call may accept the arguments, lose a tensor or change the model. */
  async function refuse(names: Names, { says, ...given }: Wrong) {
    const used = given.model?.() ?? model;
    const [samples, labels] = [given.x?.() ?? x, given.y?.() ?? y] as [tf.Tensor, tf.Tensor];
    const args = given.args?.();
    const calls = {
      fit: () => used.fit(samples, labels, { verbose: 0, ...args }),
      evaluate: async () => used.evaluate(samples, labels, { verbose: 0 }),
      predict: async () => used.predict(samples),
    };
    const weights = () => used.layers.flatMap(({ weights }) => weights.map(w => w.read()));
    const values = () => weights().map(weight => weight.dataSync().slice());
    // TensorFlow.js's checks leak tensors, our checks do not.
    const countsBefore = typeof says === 'function' ? await settledCounts() : undefined;
    const valuesBefore = values();
    for (const name of names) {
      const message = typeof says === 'function' ? says(tables.en.input) : says;
      await rejects(calls[name](), { message });
    }
    deepEqual(values(), valuesBefore);
    if (countsBefore) assertNothingLeft(countsBefore);
  }

  /** The same, after which the model trains. */
  async function survived(names: Names, wrong: Wrong) {
    await refuse(names, wrong);
    equal((await model.fit(x, y, { verbose: 0 })).epoch.length, 1, 'the model trains');
  }

  itNative('refuses samples of another shape or number of tensors', () =>
    survive('kernel', 'samples of the wrong shape or number', wrong.samples.length, i =>
      survived(ALL, itemAt(wrong.samples, i)),
    ),
  );

  it('refuses labels of another shape, type or number', () =>
    survive(
      'kernel',
      'labels of the wrong shape or number, one-hot or not, or disposed of',
      wrong.labels.length,
      i => survived(['fit', 'evaluate'], itemAt(wrong.labels, i)),
    ));

  it('explains labels that are none of the classes', () =>
    survive('kernel', 'labels out of range', wrong.values.length, i =>
      survived(['fit', 'evaluate'], itemAt(wrong.values, i)),
    ));

  it('explains options that no training can have', () =>
    survive(
      'kernel',
      'impossible batch sizes, epochs and validation splits',
      wrong.others.length,
      i => survived(['fit'], itemAt(wrong.others, i)),
    ));

  it('explains a stage that was left out: a device, layers, compile', async () => {
    const gone = compiledModel();
    gone.dispose();
    const uncompiled = tf.sequential({ layers: compiledModel().layers });
    await refuse(['predict'], { model: () => tf.sequential(), says: /model is empty/ });
    await rejects(gone.fit(x, y), /is already disposed/);
    await refuse(['fit', 'evaluate'], { model: () => uncompiled, says: /needs to be compiled/ });
    deepEqual(uncompiled.predict(x).shape, [SAMPLES, 10]);
    const backend = tf.getBackend();
    await tf.setBackend('cpu');
    await refuse(ALL, { says: m => m.noDevice });
    await tf.setBackend(backend);
  });

  it('takes integers and booleans as numbers, and labels of either shape', async () => {
    const labels = y.reshape([SAMPLES, 1]);
    await model.fit(x.toBool(), labels, { verbose: 0, validationData: [x.toInt(), labels] });
    const scalars = model.evaluate(x, y.toFloat(), { verbose: 0 });
    ok(scalars.every(scalar => Number.isFinite(scalar.arraySync())));
  });
});
