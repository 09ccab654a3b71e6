/** Judges a program of the learner's own on the iris data set by its record of training. */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { itemAt } from '../../item-at';
import { type Data, trainingsOf } from '../../training/training-log';
import {
  failIf,
  formatValue,
  parseFields,
  parseNumber,
  type Task,
  WrongAnswer,
} from '../judging/exercise';
import { parseModel } from '../judging/models';
import { partsOf } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

const FLOWERS = 150;

export const iris: Task<typeof en> = {
  texts: { en, zh },
  verify(answer, { wrong, reward }) {
    const fields = parseFields(answer, ['model', 'testAccuracy']);
    const model = parseModel(fields.model);
    const [input, output] = [model.inputs, model.outputs].map(([tensor]) =>
      String(tensor?.shape.slice(1)),
    ) as [string, string];
    failIf(input !== '4', wrong.input(input));
    failIf(output !== '3', wrong.output(output));
    const training = trainingsOf(model).at(-1);
    if (!training) throw new WrongAnswer(wrong.notTrained);
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
    const shown = formatValue(accuracy);
    failIf(accuracy > 1, wrong.percentage(shown));
    failIf(accuracy < 0.8, wrong.lowTest(shown));
    return reward(FLOWERS - used, percent(accuracy, 0));
  },
};

/** Returns the class of each label, given as numbers or one-hot. */
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
