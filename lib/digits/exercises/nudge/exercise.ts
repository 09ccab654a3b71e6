/**
 * Judges a function that changes pictures instead of weights. A change must result in the target digit, and must
 * not be much larger than the change by `digits.nudge`.
 */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { argMax } from '../../input/given';
import { itemAt } from '../../item-at';
import { nudge } from '../../network/nudge';
import { fingerprint } from '../../training/training-log';
import { integer, sum } from '../judging/compare';
import { fail, failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { type LearnerFunction, parseFunction } from '../judging/learner-code';
import { parseDigitModel } from '../judging/models';
import { parseFields, parseTensor } from '../judging/parse';
import { loadDigits, validationAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** Number of pictures, and the limits of a change relative to `digits.nudge`: in total and per pixel. */
const [COUNT, ROOM, PIXEL_ROOM] = [3, 4, 2];
/** Minimum correlation with `digits.nudge`. Steps by the gradient or signs reach 0.65 or more, noise up to 0.57. */
const ALIKE = 0.6;

export const nudgePicture = task({ en, zh }, async (answer, { wrong, reward }) => {
  const fields = parseFields(answer, ['network', 'nudge']);
  const model = parseDigitModel(fields.network);
  const call = parseFunction(fields.nudge);
  const accuracy = await validationAccuracy(model);
  failIf(accuracy < 0.8, wrong.untrained(percent(accuracy, 1)));
  const weights = model.getWeights().map(weight => weight.clone());
  const largest: number[] = [];
  try {
    for (let i = 0; i < COUNT; i++) {
      const [picture] = await loadDigits('test', 1, integer(0, 9999));
      largest.push(await judgeOne(model, picture, call, wrong));
    }
  } finally {
    model.setWeights(weights);
    tf.dispose(weights);
  }
  return reward(formatValue(Math.max(...largest), 2));
});

/** Judges the change of a picture by the effect. Returns the largest change of a pixel. */
async function judgeOne(
  model: tf.LayersModel,
  picture: tf.Tensor,
  call: LearnerFunction,
  wrong: (typeof en)['wrong'],
): Promise<number> {
  const from = argMax(answerOf(model, picture));
  const reference = nudge(model, picture, { to: (from + integer(1, 9)) % 10 });
  const { to, probabilities } = reference;
  const weights = fingerprint(model);
  const copy = picture.clone();
  const result = parseTensor(await call(model, copy, to));
  failIf(fingerprint(model) !== weights, wrong.weights);
  failIf(result.size !== picture.size, wrong.shape(result.shape.join(', ')));
  const pixels = Float32Array.from(result.dataSync());
  failIf(!pixels.every(Number.isFinite), wrong.notFinite);
  const [low, high] = [Math.min(...pixels), Math.max(...pixels)];
  const isOutside = low < -1e-6 || high > 1 + 1e-6;
  failIf(isOutside, wrong.outside(formatValue(low, 2), formatValue(high, 2)));
  const change = pixels.map((value, i) => value - itemAt(reference.pixels.before, i));
  const [size, usualSize] = [Math.hypot(...change), Math.hypot(...reference.change)];
  failIf(size === 0, wrong.nothing);
  const p = answerOf(model, result);
  tf.dispose([picture, copy, result]);
  const answer = argMax(p);
  const product = sum(Array.from(change, (value, i) => value * itemAt(reference.change, i)));
  const correlation = product / (usualSize * size);
  const [initial, final] = [itemAt(probabilities.before, to), itemAt(p, to)];
  const odds = [to, formatValue(initial, 2), formatValue(final, 2)] as const;
  if (answer !== to) {
    failIf(final < initial && correlation < -0.05, wrong.wrongSign(...odds));
    failIf(answer !== from, wrong.otherDigit(to, answer));
    failIf(correlation < ALIKE, wrong.noise);
    fail(wrong.notYet(...odds));
  }
  const isLarge = size > ROOM * Math.max(usualSize, 0.5);
  failIf(isLarge, wrong.tooLarge(from, to, formatValue(size / usualSize, 2)));
  const largest = Math.max(...change.map(Math.abs));
  // Steps of the usual length change a pixel by up to 0.2, even if a shorter step would suffice.
  const isFar = largest > PIXEL_ROOM * Math.max(reference.largest, 0.2);
  failIf(
    isFar,
    wrong.farPixel(from, to, formatValue(largest, 2), formatValue(reference.largest, 2)),
  );
  return largest;
}

const answerOf = (model: tf.LayersModel, picture: tf.Tensor): Float32Array =>
  tf.tidy(() =>
    Float32Array.from((model.predict(picture.reshape([1, 28, 28])) as tf.Tensor).dataSync()),
  );
