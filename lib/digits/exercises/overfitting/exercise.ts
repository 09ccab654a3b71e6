import { failIf, formatValue, type Task } from '../judging/exercise';
import { judgeCurves, texts } from './curves';

export const overfitting: Task<(typeof texts)['en']> = {
  texts,
  verify: (answer, { wrong, reward }) =>
    judgeCurves(answer, ({ best, ...losses }) => {
      const lossAtLast = formatValue(losses.lossAtLast);
      const [lowest, atLast] = [formatValue(losses.lowest), formatValue(losses.atLast)];
      failIf(!(losses.lossAtLast < 0.5 * losses.atLast), wrong.close(lossAtLast, atLast));
      failIf(!(losses.atLast > 1.1 * losses.lowest), wrong.notRisen(atLast, lowest));
      return reward(lossAtLast, lowest, best, atLast);
    }),
};
