import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';
import { integer } from '../judging/compare';
import { failIf, task } from '../judging/exercise';
import { formatValue, isList } from '../judging/format';
import { type LearnerFunction, parseFunction } from '../judging/learner-code';
import { parseNumber } from '../judging/parse';
import { loadDigits } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

const COUNT = 100;

export const recognise = task({ en, zh }, async (answer, { wrong, reward }) => {
  const call = parseFunction(answer);
  const [x, labels] = await loadDigits('test', COUNT, integer(0, 10_000 - COUNT));
  const pictures = tf.unstack(x);
  x.dispose();
  try {
    const digits: number[] = [];
    for (const picture of pictures) digits.push(await digitOf(call, picture, wrong));
    const right = digits.filter((digit, i) => digit === labels[i]).length;
    failIf(new Set(digits).size === 1, wrong.same(COUNT, itemAt(digits, 0)));
    const shifted = digits.filter((digit, i) => digit === itemAt(labels, i) + 1).length;
    failIf(shifted > 80, wrong.fromOne);
    failIf(right < 80, wrong.few(right, COUNT));
    return reward(right, COUNT);
  } finally {
    tf.dispose(pictures);
  }
});

/** Returns the digit that the function returns for a picture. Explains other results. */
async function digitOf(
  call: LearnerFunction,
  picture: tf.Tensor,
  wrong: (typeof en)['wrong'],
): Promise<number> {
  const result = await call(picture);
  const list = result instanceof tf.Tensor ? result.dataSync() : result;
  if (isList(list)) {
    const values = Array.from(list).flat();
    failIf(values.length === 10 && values.every(Number.isInteger), wrong.batchAxis);
    failIf(values.length === 10, wrong.probabilities);
  }
  const digit = parseNumber(result);
  failIf(!Number.isInteger(digit), wrong.probability(formatValue(digit)));
  return digit;
}
