import { percent } from '../../format';
import { failIf, formatValue, type Task } from '../judging/exercise';
import { testAccuracy } from '../judging/sets';
import { judgeCurves } from '../overfitting/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

export const cureOverfitting: Task<typeof en> = {
  texts: { en, zh },
  verify: (answer, { wrong, reward }) =>
    judgeCurves(answer, async ({ model, epochs, ...losses }) => {
      const [lowest, atLast] = [formatValue(losses.lowest), formatValue(losses.atLast)];
      failIf(!(losses.atLast <= 1.1 * losses.lowest), wrong.stillOverfitting(lowest, atLast));
      const share = await testAccuracy(model);
      const accuracy = percent(share, 1);
      failIf(share < 0.7, wrong.littleLearnt(accuracy));
      return reward(epochs, atLast, lowest, accuracy);
    }),
};
