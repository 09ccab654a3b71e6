/**
 * The picture moves, not the weights: the learner's change of some test pictures is held to be right by
 * what it does, and to be small beside the one that `digits.nudge` finds.
 */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { argMax } from '../../input/given';
import { itemAt } from '../../item-at';
import { nudge } from '../../network/nudge';
import { fingerprint } from '../../training/training-log';
import { integer } from '../judging/compare';
import { failIf, formatValue, parseFields, parseTensor, type Task } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { parseDigitModel } from '../judging/models';
import { loadDigits, validationAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** Pictures that are tried, and how many times as large as ours a change may be: in all, and of a pixel. */
const [COUNT, ROOM, PIXEL_ROOM] = [3, 4, 2];
/** Changes along the gradient, or along its signs, correlate with ours by 0.65 or more, noise by 0.57 at most. */
const ALIKE = 0.6;

export const nudgePicture: Task<typeof en> = {
  texts: { en, zh },
  async verify(answer, { wrong, reward }) {
    const { network, nudge: written } = parseFields(answer, ['network', 'nudge']);
    const model = parseDigitModel(network);
    const call = parseFunction(written);
    const accuracy = await validationAccuracy(model);
    failIf(accuracy < 0.8, wrong.untrained(percent(accuracy, 1)));
    const [x] = await loadDigits('test', 10_000);
    const weights = model.getWeights().map(weight => weight.clone());
    const largest: number[] = [];
    try {
      for (let i = 0; i < COUNT; i++) {
        const picture = x.slice(integer(0, 9999), 1);
        largest.push(await judgeOne(model, picture, call, wrong));
      }
    } finally {
      model.setWeights(weights);
      tf.dispose([x, weights]);
    }
    return reward(formatValue(Math.max(...largest), 2));
  },
};

/** Judges the change of a picture by what it does, and returns the largest change of a pixel. */
async function judgeOne(
  model: tf.LayersModel,
  picture: tf.Tensor,
  call: (...given: unknown[]) => Promise<unknown>,
  wrong: (typeof en)['wrong'],
): Promise<number> {
  const from = argMax(answerOf(model, picture));
  const ours = nudge(model, picture, { to: (from + integer(1, 9)) % 10 });
  const { to, probabilities } = ours;
  const before = fingerprint(model);
  const given = picture.clone();
  const result = parseTensor(await call(model, given, to));
  failIf(fingerprint(model) !== before, wrong.weights);
  failIf(result.size !== picture.size, wrong.shape(result.shape.join(', ')));
  const pixels = Float32Array.from(result.dataSync());
  failIf(!pixels.every(Number.isFinite), wrong.notFinite);
  const [least, most] = [Math.min(...pixels), Math.max(...pixels)];
  const isOutside = least < -1e-6 || most > 1 + 1e-6;
  failIf(isOutside, wrong.outside(formatValue(least, 2), formatValue(most, 2)));
  const change = pixels.map((value, i) => value - itemAt(ours.pixels.before, i));
  const [size, own] = [Math.hypot(...change), Math.hypot(...ours.change)];
  failIf(size === 0, wrong.nothing);
  const p = answerOf(model, result);
  tf.dispose([picture, given, result]);
  const answer = argMax(p);
  const alike = change.reduce((sum, v, i) => sum + v * itemAt(ours.change, i), 0) / (own * size);
  const [was, is] = [itemAt(probabilities.before, to), itemAt(p, to)];
  const odds = [to, formatValue(was, 2), formatValue(is, 2)] as const;
  if (answer !== to) {
    failIf(is < was && alike < -0.05, wrong.wrongSign(...odds));
    failIf(answer !== from, wrong.otherDigit(to, answer));
    failIf(alike < ALIKE, wrong.noise);
    failIf(true, wrong.notYet(...odds));
  }
  failIf(size > ROOM * Math.max(own, 0.5), wrong.tooLarge(from, to, formatValue(size / own, 2)));
  const largest = Math.max(...change.map(Math.abs));
  // A step of usual length moves a pixel by less than 0.2, even where a shorter one would do.
  const isFar = largest > PIXEL_ROOM * Math.max(ours.largest, 0.2);
  failIf(isFar, wrong.farPixel(from, to, formatValue(largest, 2), formatValue(ours.largest, 2)));
  return largest;
}

const answerOf = (model: tf.LayersModel, picture: tf.Tensor): Float32Array =>
  tf.tidy(() =>
    Float32Array.from((model.predict(picture.reshape([1, 28, 28])) as tf.Tensor).dataSync()),
  );
