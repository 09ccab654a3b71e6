/** Judges a model compiled for one-hot labels by the values of the loss. */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { itemAt } from '../../item-at';
import { trainingsOf } from '../../training/training-log';
import { close } from '../judging/compare';
import { failIf, NoAnswer, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { namesOf, parseDigitModel } from '../judging/models';
import { parseNumber } from '../judging/parse';
import { validationAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

export const compileOneHot = task({ en, zh }, async (answer, { wrong, other, reward }) => {
  const model = parseDigitModel(answer);
  failIf(!model.optimizer, wrong.notCompiled);
  const metrics = namesOf(model.metrics);
  const hasSparse = (names: string[]) => names.some(name => /sparse/i.test(name));
  const [hasSparseLoss, hasSparseMetric] = [hasSparse(namesOf(model.loss)), hasSparse(metrics)];
  const { learningRate } = model.optimizer.getConfig();
  const isUntouched = hasSparseLoss && hasSparseMetric && learningRate === 0.001;
  if (isUntouched) throw new NoAnswer(other.untouched);
  failIf(hasSparseLoss, wrong.sparseLoss);
  failIf(hasSparseMetric, wrong.sparseMetric);
  const binary = metrics.find(name => /binary/i.test(name));
  failIf(binary !== undefined, wrong.binaryMetric(String(binary)));
  const [actual, expected] = losses(model);
  const differs = Math.abs(actual - expected) > 1e-4 * Math.max(1, expected);
  failIf(differs, wrong.loss(formatValue(expected), formatValue(actual)));
  const name = model.optimizer.getClassName();
  failIf(name !== 'Adam', wrong.optimizer(name));
  const rate = parseNumber(learningRate);
  failIf(!close(rate, 0.01), wrong.learningRate(rate));
  failIf(trainingsOf(model).at(-1)?.data.y.shape[1] !== 10, wrong.notTrained);
  const accuracy = await validationAccuracy(model);
  failIf(accuracy < 0.7, wrong.low(percent(accuracy, 1)));
  return reward(percent(accuracy, 1));
});

/** Computes the model's loss for ten samples with one-hot labels, and the cross-entropy. */
function losses(model: tf.LayersModel): [actual: number, expected: number] {
  return tf.tidy(() => {
    // Untrained models need large inputs, because small inputs result in nearly equal probabilities.
    const x = tf.randomUniform([10, 28, 28], 0, trainingsOf(model).length > 0 ? 0.3 : 3);
    const y = tf.eye(10);
    const loss = itemAt([model.evaluate(x, y, { verbose: 0 })].flat(), 0);
    const p = model.predict(x) as tf.Tensor;
    const expected = tf.metrics.categoricalCrossentropy(y, p).mean();
    return [loss.arraySync(), expected.asScalar().arraySync()];
  });
}
