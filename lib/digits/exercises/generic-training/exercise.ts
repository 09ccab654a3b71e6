/** A function that learns any set, tried on sets that show where it takes its pictures from. */
import { type ImageSet, NdArray } from 'mnist-data-loader';
import { type Training, trainingsIn } from '../../training/training-log';
import { failIf, formatValue, parseNumber, type Task, WrongAnswer } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { first, otherSet, overlap } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** The accuracy above which a set was learnt: guessing gives 0.1. */
const LEARNT = 0.6;

export const genericTraining: Task<typeof en> = {
  texts: { en, zh },
  async verify(answer, { wrong, reward }) {
    const call = parseFunction(answer);
    const { name, set, missing } = await otherSet();
    const [train, test] = set;
    const [share, training] = await learnt(call, set, wrong);
    const shown = formatValue(share);
    failIf(share > 1, wrong.above1(shown));
    failIf(training.again, wrong.again);
    failIf(overlap(training.some, test[0]) > 0.5, wrong.testSet);
    failIf(overlap(training.some, train[0]) < 0.5, wrong.outside);
    const largest = Math.max(...training.some);
    failIf(largest > 2, wrong.notScaled(formatValue(largest)));
    failIf(share < LEARNT, wrong.low(name, shown));
    // Each label to test against is one too large: of what is rightly learnt, nothing agrees.
    const [images, { shape, data }] = test;
    const next = new NdArray(
      'uint8',
      shape,
      data.map(label => (label + 1) % 10),
    );
    const small: ImageSet = [first(train, 2000), [images, next]];
    const [misled, second] = await learnt(call, small, wrong);
    failIf(second.model === training.model, wrong.sameModel);
    failIf(misled > 1, wrong.loss(shown));
    failIf(misled > LEARNT, wrong.otherTest);
    return reward(name, shown, missing);
  },
};

/** Lets the function learn a set, and tells what it returned, and what was trained. */
async function learnt(
  call: ReturnType<typeof parseFunction>,
  set: ImageSet,
  wrong: (typeof en)['wrong'],
): Promise<[share: number, training: Training]> {
  const { result, trainings } = await trainingsIn(() => call(set));
  failIf(Array.isArray(result), wrong.several);
  const share = parseNumber(result);
  const [training] = trainings;
  if (!training) throw new WrongAnswer(wrong.noTraining);
  return [share, training];
}
