/**
 * The picture moves, not the weights: the learner's change of some test pictures is held to be right by
 * what it does, and to be small beside the one that `digits.nudge` finds.
 */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { argMax } from '../../input/given';
import { itemAt } from '../../item-at';
import { type Nudge, nudge } from '../../network/nudge';
import { integer } from '../judging/compare';
import { failIf, formatValue, parseFields, parseTensor, type Task } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { parseDigitModel } from '../judging/models';
import { loadDigits, testAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** Pictures that are tried, and how many times as long as ours a change may be. */
const [COUNT, ROOM] = [3, 4];
/** Changes along the gradient, or along its signs, correlate with ours by 0.65 or more, noise by 0.57 at most. */
const ALIKE = 0.6;

export const nudgePicture: Task<typeof en> = {
  texts: { en, zh },
  async verify(answer, { wrong, reward }) {
    const { network, nudge: written } = parseFields(answer, ['network', 'nudge']);
    const model = parseDigitModel(network);
    const call = parseFunction(written);
    const accuracy = await testAccuracy(model);
    failIf(accuracy < 0.8, wrong.untrained(percent(accuracy, 1)));
    const [x] = await loadDigits('test', 10_000);
    const own: number[] = [];
    const pictures = tf.tidy(() =>
      Array.from({ length: COUNT }, () => x.slice(integer(0, 9999), 1)),
    );
    x.dispose();
    try {
      for (const picture of pictures) own.push(await judgeOne(model, picture, call, wrong));
    } finally {
      tf.dispose(pictures);
    }
    return reward(formatValue(Math.max(...own), 2));
  },
};

/** Judges the change of one picture, and returns the largest change of a pixel. */
async function judgeOne(
  model: tf.LayersModel,
  picture: tf.Tensor,
  call: (...given: unknown[]) => Promise<unknown>,
  wrong: (typeof en)['wrong'],
): Promise<number> {
  const from = argMax(answerOf(model, picture));
  const ours = nudge(model, picture, { to: (from + integer(1, 9)) % 10 });
  const weights = model.getWeights().map(weight => weight.clone());
  const given = picture.clone();
  try {
    const result = parseTensor(await call(model, given, ours.to));
    const isMoved = model.getWeights().some((weight, i) => !same(weight, itemAt(weights, i)));
    if (isMoved) model.setWeights(weights);
    failIf(isMoved, wrong.weights);
    failIf(result.size !== picture.size, wrong.shape(result.shape.join(', ')));
    const pixels = Float32Array.from(result.dataSync());
    judgeChange(ours, pixels, answerOf(model, result), wrong);
    result.dispose();
    return Math.max(...pixels.map((value, i) => Math.abs(value - itemAt(ours.pixels.before, i))));
  } finally {
    tf.dispose([weights, given]);
  }
}

const same = (a: tf.Tensor, b: tf.Tensor): boolean =>
  tf.tidy(() => itemAt(a.equal(b).all().dataSync(), 0) > 0);

const answerOf = (model: tf.LayersModel, picture: tf.Tensor): Float32Array =>
  tf.tidy(() =>
    Float32Array.from((model.predict(picture.reshape([1, 28, 28])) as tf.Tensor).dataSync()),
  );

/** Refutes a change by what it does: a number that is none, too bright, nothing, the wrong thing, too much. */
function judgeChange(
  { from, to, change: ours, pixels: { before }, probabilities }: Nudge,
  pixels: Float32Array,
  p: Float32Array,
  wrong: (typeof en)['wrong'],
): void {
  failIf(!pixels.every(Number.isFinite), wrong.notFinite);
  const [least, largest] = [Math.min(...pixels), Math.max(...pixels)];
  const isOutside = least < -1e-6 || largest > 1 + 1e-6;
  failIf(isOutside, wrong.outside(formatValue(least, 2), formatValue(largest, 2)));
  const change = pixels.map((value, i) => value - itemAt(before, i));
  const size = Math.hypot(...change);
  failIf(size === 0, wrong.nothing);
  const [own, answer] = [Math.hypot(...ours), argMax(p)];
  const [was, is] = [itemAt(probabilities.before, to), itemAt(p, to)];
  const alike = ours.reduce((sum, value, i) => sum + value * itemAt(change, i), 0) / (own * size);
  const odds = [to, formatValue(was, 2), formatValue(is, 2)] as const;
  if (answer !== to) {
    failIf(is < was && alike < -0.05, wrong.wrongSign(...odds));
    failIf(answer !== from, wrong.otherDigit(to, answer));
    failIf(alike < ALIKE, wrong.noise);
    failIf(true, wrong.notYet(...odds));
  }
  failIf(size > ROOM * Math.max(own, 0.5), wrong.tooLarge(from, to, formatValue(size / own, 2)));
}
