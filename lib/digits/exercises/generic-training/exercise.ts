/** Judges a function that learns any data set, with sets that reveal the source of the pictures. */
import { type ImageSet, NdArray } from 'mnist-data-loader';
import { type Training, trainingsIn } from '../../training/training-log';
import { fail, failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { type LearnerFunction, parseFunction } from '../judging/learner-code';
import { parseNumber } from '../judging/parse';
import { first, otherSet, overlap } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** Accuracy above which the model has learned the set. Guessing results in 0.1. */
const LEARNT = 0.6;

export const genericTraining = task({ en, zh }, async (answer, { wrong, reward }) => {
  const call = parseFunction(answer);
  const { name, set, missing } = await otherSet();
  const [train, test] = set;
  const [share, training] = await trainOn(call, set, wrong);
  const text = formatValue(share);
  failIf(share > 1, wrong.above1(text));
  failIf(training.again, wrong.again);
  failIf(overlap(training.some, test[0]) > 0.5, wrong.testSet);
  failIf(overlap(training.some, train[0]) < 0.5, wrong.outside);
  const largest = Math.max(...training.some);
  failIf(largest > 2, wrong.notScaled(formatValue(largest)));
  failIf(share < LEARNT, wrong.low(name, text));
  // With all test labels increased by one, right predictions are wrong.
  const [images, { shape, data }] = test;
  const shifted = new NdArray(
    'uint8',
    shape,
    data.map(label => (label + 1) % 10),
  );
  const small: ImageSet = [first(train, 2000), [images, shifted]];
  const [misled, second] = await trainOn(call, small, wrong);
  failIf(second.model === training.model, wrong.sameModel);
  failIf(misled > 1, wrong.loss(text));
  failIf(misled > LEARNT, wrong.otherTest);
  return reward(name, text, missing);
});

/** Calls the function with a set. Returns the result and the training. */
async function trainOn(
  call: LearnerFunction,
  set: ImageSet,
  wrong: (typeof en)['wrong'],
): Promise<[share: number, training: Training]> {
  const { result, trainings } = await trainingsIn(() => call(set));
  failIf(Array.isArray(result), wrong.several);
  const share = parseNumber(result);
  return [share, trainings[0] ?? fail(wrong.noTraining)];
}
