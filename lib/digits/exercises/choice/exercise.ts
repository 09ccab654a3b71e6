/** Judges the learner's choice of a model: the best model in validation is not the best in the test. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';
import { close, integer, shuffled } from '../judging/compare';
import { failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { type LearnerFunction, parseFunction } from '../judging/learner-code';
import { parseFields, parseNumber } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

/** Number of pictures, and the number that each of four models recognizes. The second is the best in validation. */
const VALIDATION = { count: 50, right: [30, 46, 42, 38] };
const TEST = { count: 40, right: [29, 34, 38, 33] };
const [BEST, WORST, BEST_BY_TEST] = [1, 0, 2];

type Samples = [x: tf.Tensor, y: tf.Tensor];

export const choice = task({ en, zh }, async (answer, { wrong, reward }) => {
  const call = parseFunction(answer);
  for (let i = 0; i < 2; i++) await judgeOnce(call, shuffled([0, 1, 2, 3]), wrong);
  return reward;
});

/** Calls the function with the four models in the given order. */
async function judgeOnce(
  call: LearnerFunction,
  order: readonly number[],
  wrong: (typeof en)['wrong'],
): Promise<void> {
  const models = order.map(makeModel);
  const [validation, test] = [makeSamples(VALIDATION), makeSamples(TEST)];
  const tested = new Set<tf.LayersModel>();
  for (const model of models) watch(model, () => tested.add(model));
  try {
    const fields = parseFields(await call(models, validation, test), ['best', 'testAccuracy']);
    const position = models.indexOf(fields.best as tf.LayersModel);
    const index = position < 0 ? parseNumber(fields.best) : position;
    failIf(!(index in models), wrong.noIndex(formatValue(index)));
    const model = itemAt(order, index);
    failIf(model === BEST_BY_TEST, wrong.byTest);
    failIf(model === WORST, wrong.lowest);
    failIf(model !== BEST, wrong.otherModel);
    const { testAccuracy } = fields;
    const accuracy =
      testAccuracy instanceof tf.Tensor
        ? itemAt(testAccuracy.dataSync(), 0)
        : parseNumber(testAccuracy);
    const text = formatValue(accuracy);
    const is = (value: number) => Math.abs(accuracy - value) < 1e-4;
    const share = ({ right, count }: typeof TEST, model = BEST) => itemAt(right, model) / count;
    const right = share(TEST);
    failIf(is(share(VALIDATION)), wrong.validationReported(text));
    failIf(is(share(TEST, BEST_BY_TEST)), wrong.bestTestReported(text));
    failIf(is(100 * right), wrong.percentage(text));
    const loss = lossOf(itemAt(models, index), test);
    failIf(close(accuracy, loss), wrong.lossReported(text));
    failIf(!is(right), wrong.otherAccuracy(text, formatValue(right)));
    failIf(tested.size > 1, wrong.testedAll(tested.size));
  } finally {
    tf.dispose([validation, test]);
    for (const model of models) model.dispose();
  }
}

/** Creates a model that reads the digit from the first ten pixels of a row. */
function makeModel(row: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [tf.metrics.sparseCategoricalAccuracy],
  });
  const above = 28 * row;
  tf.tidy(() => {
    const kernel = tf.concat([
      tf.zeros([above, 10]),
      tf.eye(10).mul(4),
      tf.zeros([774 - above, 10]),
    ]);
    model.setWeights([kernel, tf.zeros([10])]);
  });
  return model;
}

/** Creates pictures with random labels. Row `i` encodes the answer of model `i`: right for the number in `right`. */
function makeSamples({ count, right }: typeof TEST): Samples {
  const labels = Array.from({ length: count }, () => integer(0, 9));
  const order = right.map(() => shuffled(labels.map((_, i) => i)));
  const pictures = labels.map((label, i) =>
    Array.from({ length: 28 }, (_, row) => {
      const isRight = row < 4 && itemAt(itemAt(order, row), i) < itemAt(right, row);
      const digit = isRight ? label : (label + 1) % 10;
      return Array.from({ length: 28 }, (_, column) => (column === digit ? 1 : 0));
    }),
  );
  return [tf.tensor3d(pictures), tf.tensor1d(labels, 'int32')];
}

/** Calls `onTest` when a method of the model receives the test pictures. */
function watch(model: tf.LayersModel, onTest: () => void): void {
  for (const name of ['evaluate', 'predict', 'apply'] as const) {
    const method = model[name] as (...values: unknown[]) => unknown;
    Object.assign(model, {
      [name](x: tf.Tensor, ...values: unknown[]) {
        if (x?.shape?.[0] === TEST.count) onTest();
        return method.call(model, x, ...values);
      },
    });
  }
}

const lossOf = (model: tf.LayersModel, [x, y]: Samples): number =>
  tf.tidy(() => {
    const p = model.predict(x) as tf.Tensor;
    return itemAt(p.log().mul(tf.oneHot(y, 10)).sum(1).mean().neg().dataSync(), 0);
  });
