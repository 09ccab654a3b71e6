import { fail, failIf, NoAnswer, task } from '../judging/exercise';
import { parseFields } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

const SETS = { training: /train|训练/i, validation: /^val|validation|验证/i, test: /test|测试/i };
type SetName = keyof typeof SETS;

const USES = ['weights', 'meanPixel', 'stopping', 'units', 'report'] as const;
type Use = (typeof USES)[number];

/** Mistakes by use and data set. The right set of a use has no mistake. */
const MISTAKES: Readonly<Record<Use, Partial<Record<SetName, keyof (typeof en)['wrong']>>>> = {
  weights: { validation: 'weightsElsewhere', test: 'weightsElsewhere' },
  meanPixel: { validation: 'meanElsewhere', test: 'meanElsewhere' },
  stopping: { training: 'stoppedByTraining', test: 'chosenByTest' },
  units: { training: 'unitsByTraining', test: 'chosenByTest' },
  report: { training: 'reportOfTraining', validation: 'reportOfValidation' },
};

export const whichSet = task({ en, zh }, (answer, { wrong, other, reward }) => {
  const fields = parseFields(answer, USES);
  if (USES.some(use => fields[use] === '')) throw new NoAnswer(other.blank);
  for (const use of USES) {
    const word = String(fields[use]);
    const names = (Object.keys(SETS) as SetName[]).filter(name => SETS[name].test(word));
    const [name] = names;
    if (!name || names.length > 1) fail(wrong.noSet(use, word));
    const mistake = MISTAKES[use][name];
    failIf(mistake !== undefined, `${use}: ${wrong[mistake as 'weightsElsewhere']}`);
  }
  return reward;
});
