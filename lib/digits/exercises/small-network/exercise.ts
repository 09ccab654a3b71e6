import { grouped, percent } from '../../format';
import { failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { parseDigitModel, parseModel, shapesOf } from '../judging/models';
import { parseFields, parseNumber } from '../judging/parse';
import { fullValidationAccuracy, testAccuracy } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

/** Required accuracy, and the number of parameters to stay below. */
const [GOOD, LIMIT] = [0.975, 60_000];

export const smallNetwork = task({ en, zh }, async (answer, { wrong, reward }) => {
  const fields = parseFields(answer, ['model', 'testAccuracy']);
  const model = parseModel(fields.model);
  // A channel axis is allowed.
  if (shapesOf(model).join(' to ') !== '28,28,1 to 10') parseDigitModel(model);
  const parameters = model.countParams();
  failIf(parameters >= LIMIT, wrong.tooMany(grouped(parameters)));
  failIf(!model.optimizer?.iterations, wrong.notTrained);
  const share = await fullValidationAccuracy(model);
  const accuracy = percent(share, 2);
  failIf(share < 0.5, wrong.low(accuracy));
  failIf(share < GOOD, wrong.notYet(accuracy));
  const reported = parseNumber(fields.testAccuracy);
  const right = await testAccuracy(model);
  const is = (value: number, tolerance = 6e-4) => Math.abs(reported - value) < tolerance;
  failIf(is(share, 1e-5) && !is(right, 1e-5), wrong.validationReported(accuracy));
  failIf(is(100 * right, 0.06), wrong.percentage(formatValue(reported)));
  failIf(!is(right), wrong.otherAccuracy(formatValue(reported), formatValue(right)));
  return reward(grouped(parameters), accuracy, percent(right, 2));
});
