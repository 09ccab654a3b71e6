import { getLanguage, type Text, text } from '../language';
import { exercises } from '.';
import { Blank, type Exercise, Mistake } from './exercise';

/** What came out of judging an answer. */
export interface Judgement {
  /** `blank` where there is no answer yet: that is no try. */
  readonly state: 'right' | 'wrong' | 'blank';
  readonly why: Text;
}

// On the process rather than in this module, so that the tries count on where it is loaded again.
const KEY = Symbol.for('digits.exercises.tries');
const holder = globalThis as unknown as Record<symbol, Map<string, number> | undefined>;
holder[KEY] ??= new Map();
const tries = holder[KEY];

/**
 * Judges the answer to an exercise and prints whether it is right, why, and where it is not, a hint:
 * after the first wrong try a small one, after the second a strong one, then where the solution is.
 *
 * @param id the exercise, such as `'4.2'`.
 * @param answer whatever the exercise asks for; an empty answer is not counted as a try.
 * @throws RangeError where there is no such exercise.
 * @example
 * await check('4.2', (label: number, classes: number) =>
 *   Array.from({ length: classes }, (_, i) => Number(i === label)),
 * );
 */
export async function check(id: string, answer: unknown): Promise<void> {
  const exercise = exercises.find(candidate => candidate.id === id);
  if (!exercise) throw new RangeError(text(unknown(id)));
  const judgement = await judge(exercise, answer);
  const count = (tries.get(id) ?? 0) + (judgement.state === 'wrong' ? 1 : 0);
  tries.set(id, judgement.state === 'right' ? 0 : count);
  console.log(report(exercise, judgement, count));
}

/** Judges an answer; whatever is wrong with it, nothing is thrown. */
export async function judge(exercise: Exercise, answer: unknown): Promise<Judgement> {
  try {
    return { state: 'right', why: await exercise.verify(answer) };
  } catch (error) {
    if (error instanceof Mistake) {
      return { state: error instanceof Blank ? 'blank' : 'wrong', why: error.why };
    }
    return { state: 'wrong', why: brokeOff(error) };
  }
}

/** The lines that the learner reads; `count` is the number of wrong tries. */
function report({ id, hints }: Exercise, { state, why }: Judgement, count: number): string {
  const verdict = text(VERDICTS[state]);
  if (state === 'right') return `${GREEN}✓ ${id} ${verdict}${PLAIN}${text(why)}`;
  const lines = [`${RED}✗ ${id} ${verdict}${PLAIN}${text(why)}`];
  lines.push(`${text(HINT)}${text(hints[count < 2 ? 0 : 1])}`);
  if (count > 2) lines.push(`${text(SOLUTION)}solutions.${getLanguage()}.ipynb, ${id}`);
  return lines.join('\n');
}

const [GREEN, RED, PLAIN] = ['\x1b[1;32m', '\x1b[1;31m', '\x1b[0m'];

const VERDICTS: Record<Judgement['state'], Text> = {
  right: { zh: '正确。', en: 'Right. ' },
  wrong: { zh: '还不对。', en: 'Not yet. ' },
  blank: { zh: '等您作答。', en: 'Your turn. ' },
};
const HINT: Text = { zh: '  提示：', en: '  Hint: ' };
const SOLUTION: Text = { zh: '  参考解答：', en: '  The solution: ' };

const brokeOff = (error: unknown): Text => ({
  zh: `您的代码运行时出错：${error}`,
  en: `Your code stopped with an error: ${error}`,
});

const unknown = (id: string): Text => {
  const ids = exercises.map(exercise => exercise.id).join(', ');
  return {
    zh: `没有练习 ${id}。现有的练习：${ids}。`,
    en: `There is no exercise ${id}. There are: ${ids}.`,
  };
};
