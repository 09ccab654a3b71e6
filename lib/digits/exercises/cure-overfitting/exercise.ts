import { percent } from '../../format';
import { failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { fullValidationAccuracy } from '../judging/sets';
import { curvesOf, overfitted } from '../overfitting/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

export const cureOverfitting = task({ en, zh }, async (answer, { wrong, reward }) => {
  const { model, epochs, ...losses } = await curvesOf(answer);
  const [lowest, atLast] = [formatValue(losses.lowest), formatValue(losses.atLast)];
  // One in twenty trainings with early stopping ends over 10% above the lowest loss, so 20% is allowed.
  failIf(!(losses.atLast <= 1.2 * losses.lowest), wrong.stillOverfitting(lowest, atLast));
  const loss = formatValue(overfitted.loss);
  failIf(losses.atLast >= overfitted.loss, wrong.notBetter(atLast, loss));
  const share = await fullValidationAccuracy(model);
  const [accuracy, previous] = [percent(share, 1), percent(overfitted.accuracy, 1)];
  // Equally good networks differ by up to this much on 2,000 pictures.
  failIf(share < overfitted.accuracy - 0.005, wrong.lessLearnt(accuracy, previous));
  return reward(epochs, atLast, loss, accuracy, previous);
});
