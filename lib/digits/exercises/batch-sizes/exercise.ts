/** Compares batch sizes: the check runs the experiment with the learner's function. */
import type * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import { itemAt } from '../../item-at';
import { innerModel, type Training, trainingsIn } from '../../training/training-log';
import { fail, failIf, task } from '../judging/exercise';
import { type LearnerFunction, parseFunction } from '../judging/learner-code';
import { parseDigitModel } from '../judging/models';
import { validationAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

const SIZES = [16, 64, 512];

type Run = Training & { readonly seconds: number };
type Reasons = (typeof en)['wrong'];

export const batchSizes = task({ en, zh }, async (answer, { wrong, other, reward }) => {
  const train = parseFunction(answer);
  // The first training also compiles and allocates, so its time does not count.
  const warmUp = await run(train, 64, wrong);
  const runs: Run[] = [];
  for (const size of SIZES) runs.push(await run(train, size, wrong));
  const isAgain = [warmUp, ...runs].some(({ again }) => again);
  failIf(isAgain, wrong.again);
  for (const training of runs) failIfOther(training, itemAt(runs, 0), wrong);
  const rows: string[] = [];
  for (const { batchSize, model, seconds } of runs) {
    const share = await validationAccuracy(model);
    const accuracy = percent(share, 1);
    failIf(share < 0.5, wrong.littleLearnt(batchSize, accuracy));
    rows.push(`\n  ${other.row(batchSize, seconds.toFixed(2), accuracy)}`);
  }
  return reward(rows.join(''));
});

async function run(train: LearnerFunction, size: number, wrong: Reasons): Promise<Run> {
  const start = performance.now();
  const { result, trainings } = await trainingsIn(() => train(size));
  const seconds = (performance.now() - start) / 1000;
  const model = parseDigitModel(result);
  const training =
    trainings.find(candidate => candidate.model === innerModel(model)) ?? fail(wrong.notTrained);
  failIf(training.batchSize !== size, wrong.otherSize(size, training.batchSize));
  return { ...training, seconds };
}

/** Rejects a run that differs from the first run in more than the batch size, because then the comparison fails. */
function failIfOther({ model, data, history, batchSize }: Run, first: Run, wrong: Reasons): void {
  const epochs = history.loss?.length ?? 0;
  failIf(epochs !== 1, wrong.epochs(batchSize, epochs));
  const [samples = 0] = data.x.shape;
  const [firstSamples = 0] = first.data.x.shape;
  const hasOther = samples !== firstSamples;
  failIf(hasOther, wrong.samples(samples, batchSize, firstSamples, first.batchSize));
  failIf(kindOf(model) !== kindOf(first.model), wrong.otherModel);
}

function kindOf({ weights, optimizer }: tf.LayersModel): string {
  const shapes = weights.map(({ shape }) => shape);
  return JSON.stringify([shapes, optimizer.getClassName(), optimizer.getConfig()]);
}
