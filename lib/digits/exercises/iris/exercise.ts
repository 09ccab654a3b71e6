/** Judges a program for the iris data set by the log of the training. */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { itemAt } from '../../item-at';
import { type Data, trainingsOf } from '../../training/training-log';
import { fail, failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { parseModel, shapesOf } from '../judging/models';
import { parseFields, parseNumber } from '../judging/parse';
import { partsOf } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

const FLOWERS = 150;

export const iris = task({ en, zh }, (answer, { wrong, reward }) => {
  const fields = parseFields(answer, ['model', 'testAccuracy']);
  const model = parseModel(fields.model);
  const [input, output] = shapesOf(model);
  failIf(input !== '4', wrong.input(input));
  failIf(output !== '3', wrong.output(output));
  const training = trainingsOf(model).at(-1) ?? fail(wrong.notTrained);
  failIf(!training.history.val_loss, wrong.noValidation);
  const used = (training.data.x.shape[0] ?? 0) + (training.validation?.x.shape[0] ?? 0);
  failIf(used >= FLOWERS, wrong.noTest(used));
  const parts = partsOf(training);
  if (parts) {
    const [trained, validated] = parts.map(({ y }) => classesOf(y).size) as [number, number];
    const share = accuracyOf(model, parts);
    tf.dispose(parts.map(({ x, y }) => [x, y]));
    failIf(Math.min(trained, validated) < 3, wrong.sorted(trained, validated));
    const epochs = training.history.loss?.length ?? 0;
    failIf(share < 0.9, wrong.low(percent(share, 0), epochs));
  }
  const accuracy = parseNumber(fields.testAccuracy);
  failIf(accuracy > 1, wrong.percentage(formatValue(accuracy)));
  failIf(accuracy < 0.8, wrong.lowTest(formatValue(accuracy)));
  return reward(FLOWERS - used, percent(accuracy, 0));
});

/** Returns class indices from indices or one-hot labels. */
const labelsOf = (y: tf.Tensor): tf.Tensor1D =>
  y.shape.at(-1) === 3 && y.shape.length > 1 ? y.argMax(1) : y.flatten();

const classesOf = (y: tf.Tensor): Set<number> => new Set(tf.tidy(() => labelsOf(y).dataSync()));

const accuracyOf = (model: tf.LayersModel, parts: readonly Data[]): number =>
  tf.tidy(() => {
    const right = parts.map(({ x, y }) =>
      (model.predict(x) as tf.Tensor).argMax(1).equal(labelsOf(y).toInt()).toFloat(),
    );
    return itemAt(tf.concat(right).mean().dataSync(), 0);
  });
