import { fail, failIf, NoAnswer, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { parseFields } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

const FAULTS = ['noRelu', 'wrongLoss', 'testNotScaled', 'learningRate', 'overfitting'] as const;
type Fault = (typeof FAULTS)[number];

const RIGHT: Readonly<Record<'A' | 'B' | 'C', Fault>> = {
  A: 'noRelu',
  B: 'wrongLoss',
  C: 'testNotScaled',
};

type Program = keyof typeof RIGHT;
type Mistake = keyof (typeof en)['wrong'];

/** Reasons why a fault does not explain a program's output. */
const MISTAKES: Readonly<Record<Program, Partial<Record<Fault, Mistake>>>> = {
  A: {
    wrongLoss: 'lossIsRight',
    testNotScaled: 'testIsScaled',
    learningRate: 'falls',
    overfitting: 'noGap',
  },
  B: { noRelu: 'bent', testNotScaled: 'testIsScaled', learningRate: 'falls', overfitting: 'noGap' },
  C: { noRelu: 'bent', wrongLoss: 'lossIsRight', learningRate: 'falls', overfitting: 'onlyTest' },
};

export const diagnosis = task({ en, zh }, (answer, { wrong, other, reward }) => {
  const programs = Object.keys(RIGHT) as Program[];
  const fields = parseFields(answer, programs);
  if (programs.some(program => fields[program] === '')) throw new NoAnswer(other.blank);
  for (const program of programs) {
    const fault =
      FAULTS.find(name => name === fields[program]) ??
      fail(wrong.noFault(program, formatValue(fields[program])));
    const mistake = MISTAKES[program][fault];
    failIf(mistake !== undefined, `${program}: ${wrong[mistake as 'noGap']}`);
  }
  return reward;
});
