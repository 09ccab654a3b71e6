/** Analyzes the loss curves of a training, for the exercises on overfitting. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';
import { getLanguage } from '../../language';
import { type Data, fingerprint, someOf, trainingOf } from '../../training/training-log';
import { fail, failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { requireAnswer } from '../judging/parse';
import { overlap, partsOf, validationAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

const texts = { en, zh };

export const overfitting = task(texts, async (answer, { wrong, reward }) => {
  const { model, best, ...losses } = await curvesOf(answer);
  const lossAtLast = formatValue(losses.lossAtLast);
  const [lowest, atLast] = [formatValue(losses.lowest), formatValue(losses.atLast)];
  failIf(!(losses.lossAtLast < 0.5 * losses.atLast), wrong.close(lossAtLast, atLast));
  failIf(!(losses.atLast > 1.1 * losses.lowest), wrong.notRisen(atLast, lowest));
  overfitted = { loss: losses.atLast, accuracy: await validationAccuracy(model) };
  return reward(lossAtLast, lowest, best, atLast);
});

/** Validation results of the last right answer, by default typical results of the solution, as a baseline for 8.4. */
export let overfitted = { loss: 0.7, accuracy: 0.8 };

/** Returns the losses of the training with the given result of `fit` or `history`. The best epoch counts from 1. */
export async function curvesOf(answer: unknown) {
  const { wrong } = texts[getLanguage()];
  const value = requireAnswer(await answer);
  const training =
    (typeof value === 'object' ? trainingOf(value) : undefined) ?? fail(wrong.noHistory);
  const { model, again, history } = training;
  const { loss = [], val_loss: validation = [] } = history;
  failIf(loss.length === 0, wrong.interrupted);
  failIf(validation.length === 0, wrong.noValidation);
  failIf(again, wrong.again);
  failIf(fingerprint(model) !== training.weights, wrong.changedAfter);
  const lowest = Math.min(...validation);
  const best = validation.indexOf(lowest) + 1;
  const [lossAtLast, atLast] = [itemAt(loss, loss.length - 1), itemAt(validation, loss.length - 1)];
  const curves = { model, epochs: loss.length, lowest, best, lossAtLast, atLast };
  const parts = partsOf(training);
  if (!parts) return curves;
  const [trained, validated] = parts;
  try {
    failIf(overlap(someOf(validated.x), trained.x) > 0.5, wrong.sameSamples);
    const [lossAtLast, atLast] = [measure(model, trained), measure(model, validated)];
    return { ...curves, lossAtLast, atLast };
  } finally {
    tf.dispose(parts.map(({ x, y }) => [x, y]));
  }
}

function measure(model: tf.LayersModel, { x, y }: Data): number {
  const scalars = [model.evaluate(x, y, { batchSize: 500, verbose: 0 })].flat();
  const loss = itemAt(scalars, 0).dataSync()[0] ?? Number.NaN;
  tf.dispose(scalars);
  return loss;
}
