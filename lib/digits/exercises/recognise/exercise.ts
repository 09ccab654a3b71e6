import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';
import { integer } from '../judging/compare';
import { failIf, formatValue, parseNumber, type Task } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { loadDigits } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

const COUNT = 100;

export const recognise: Task<typeof en> = {
  texts: { en, zh },
  async verify(answer, { wrong, reward }) {
    const call = parseFunction(answer);
    const [x, labels] = await loadDigits('test', 10_000);
    const start = integer(0, labels.length - COUNT);
    const pictures = tf.tidy(() => tf.unstack(x.slice(start, COUNT)));
    x.dispose();
    try {
      const digits: number[] = [];
      for (const picture of pictures) digits.push(await digitOf(call, picture, wrong));
      const right = digits.filter((digit, i) => digit === labels[start + i]).length;
      failIf(new Set(digits).size === 1, wrong.same(COUNT, itemAt(digits, 0)));
      const next = digits.filter((digit, i) => digit === itemAt(labels, start + i) + 1).length;
      failIf(next > 80, wrong.fromOne);
      failIf(right < 80, wrong.few(right, COUNT));
      return reward(right, COUNT);
    } finally {
      tf.dispose(pictures);
    }
  },
};

/** Asks for a picture's digit, and says what else came. */
async function digitOf(
  call: (picture: tf.Tensor) => Promise<unknown>,
  picture: tf.Tensor,
  wrong: (typeof en)['wrong'],
): Promise<number> {
  const got = await call(picture);
  const read = got instanceof tf.Tensor ? Array.from(got.dataSync()) : got;
  if (Array.isArray(read) || ArrayBuffer.isView(read)) {
    const values = Array.from(read as number[]).flat();
    failIf(values.length === 10 && values.every(Number.isInteger), wrong.batchAxis);
    failIf(values.length === 10, wrong.probabilities);
  }
  const digit = parseNumber(got);
  failIf(!Number.isInteger(digit), wrong.probability(formatValue(digit)));
  return digit;
}
