/** The printed sheets: the answers are right, and all referenced parts exist. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { exercises } from '../../../lib/digits/exercises';
import { sheetContent } from '../../../lib/publish/site/sheets/sheets';
import { readData, readText } from '../../texts';

const FOLDER = '../lib/publish/site/sheets';
const is = (got: tf.Tensor, given: tf.TensorLike, within = 1e-6) =>
  tf.test_util.expectArraysClose([...got.dataSync()], [...tf.tensor(given).dataSync()], within);

describe('the printed sheets', () => {
  // Earlier test files may have selected an engine that multiplies only floats.
  before(async () => {
    await tf.setBackend('cpu');
  });

  it('have the answers that TensorFlow computes', () => {
    // biome-ignore lint/suspicious/noExplicitAny: numbers in many forms
    const numbers = readData<any>(`${FOLDER}/numbers.yml`);
    const x = tf.div(numbers.pixels, 255);
    is(x, numbers.x);
    for (const { w, products, total, b, z, h } of numbers.units) {
      is(x.mul(w), products);
      const sums = [x.dot(w), x.dot(w).add(b), x.dot(w).add(b).relu()];
      is(tf.stack(sums), [total, z, h]);
    }
    let parameters = 0;
    for (const { inputs, units, ...layer } of numbers.layers) {
      deepEqual(layer, { weights: inputs * units, parameters: (inputs + 1) * units });
      parameters += layer.parameters;
    }
    equal(parameters, numbers.network);
    is(tf.neg(tf.log(numbers.probabilities)), numbers.losses, 0.005);

    const { digits, label, rate, p, y, error, newW, newB, before, after, ...step } = numbers.step;
    const [w, b] = [tf.variable(tf.tensor2d(step.w)), tf.variable(tf.tensor1d(step.b, 'float32'))];
    const answer = () => tf.tensor2d([step.x]).matMul(w).add(b).softmax();
    const ofLabel = () => answer().flatten().gather(digits.indexOf(label)).asScalar();
    is(answer(), p, 0.005);
    is(ofLabel(), before, 0.005);
    is(tf.sub(p, y), error);
    tf.train.sgd(rate).minimize(() => ofLabel().log().neg());
    is(w, newW, 0.001);
    is(b, newB, 0.001);
    is(ofLabel(), after, 0.005);
    is(tf.argMin(numbers.epochs.validation), numbers.epochs.best - 1);

    const { labels, answers, right, accuracy, baseline, most } = numbers;
    const indexOf = (digit: number) => digits.indexOf(digit);
    const matrix = tf.math.confusionMatrix(labels.map(indexOf), answers.map(indexOf), 3);
    is(matrix, numbers.matrix);
    is(tf.equal(labels, answers).sum(), right);
    is(tf.div(right, labels.length), accuracy);
    is(matrix.sum(1).max().div(labels.length), baseline);
    is(matrix.mul(tf.sub(1, tf.eye(3))).max(), numbers.matrix[indexOf(most[0])][indexOf(most[1])]);
  });

  it('name every mistake of the exercises once, with a belief and a question, and all else that they take', () => {
    const mistakes = readData<Record<string, Record<string, string[]>>>(`${FOLDER}/mistakes.yml`);
    const withPrefix = (id: string, names: readonly string[]) => names.map(name => id + name);
    const entries = Object.values(mistakes).flatMap(Object.entries);
    const reasons = exercises.flatMap(({ id, texts }) =>
      withPrefix(id, Object.keys(texts.en.wrong)),
    );
    deepEqual(entries.flatMap(([id, names]) => withPrefix(id, names)).sort(), reasons.sort());
    const shape = (value: unknown): unknown =>
      typeof value === 'object' &&
      Object.entries(value ?? {}).map(([name, each]) => [name, shape(each)]);
    deepEqual(shape(sheetContent('zh')), shape(sheetContent('en')));
    for (const language of ['en', 'zh'] as const) {
      const { texts, beliefs, vocabulary, assessed } = sheetContent(language);
      const guide = readText(language === 'en' ? 'TEACHING.md' : 'TEACHING.zh.md');
      for (const title of texts.lessons) ok(guide.includes(`\n## ${title}\n`), title);
      deepEqual(Object.keys(texts.mistakes.groups), Object.keys(mistakes));
      const says = beliefs.flatMap(belief => belief.mistakes.map(mistake => mistake.says));
      ok(!says.some(line => /^undefined|\[object/.test(line)));
      for (const { words } of vocabulary) equal(new Set(words.map(({ letter }) => letter)).size, 8);
      equal(assessed.flat().length, exercises.length);
    }
  });
});
