import { type Text, text } from '../language';
import { displayHtml } from '../notebook/display';
import { exercises } from '.';
import { Blank, type Exercise, Mistake } from './exercise';
import { asHtml, asText, type Judgement, report } from './report';
import { settled } from './settled';
import { thrown } from './shown';

// On the process rather than in this module: where it is loaded again, the tries go on counting.
const KEY = Symbol.for('digits.exercises.tries');
const holder = globalThis as unknown as Record<symbol, Map<string, number> | undefined>;
holder[KEY] ??= new Map();
const tries = holder[KEY];

/**
 * Judges the answer to an exercise and shows whether it is right, why, and where it is not, a hint:
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
  const exercise = exercises.find(candidate => candidate.id === String(id));
  if (!exercise) throw new RangeError(text(unknown(id)));
  const judgement = await judge(exercise, answer);
  const count = (tries.get(id) ?? 0) + (judgement.state === 'wrong' ? 1 : 0);
  tries.set(id, judgement.state === 'right' ? 0 : count);
  const lines = report(exercise, judgement, count);
  displayHtml(asHtml(lines), asText(lines));
}

/** Judges an answer, or what a promise brings, and throws nothing, whatever is wrong with it. */
export async function judge(exercise: Exercise, answer: unknown): Promise<Judgement> {
  try {
    return { state: 'right', why: await exercise.verify(await settled(answer)) };
  } catch (error) {
    if (error instanceof Mistake) {
      return { state: error instanceof Blank ? 'blank' : 'wrong', why: error.why };
    }
    return { state: 'wrong', why: brokeOff(error) };
  }
}

const brokeOff = (error: unknown): Text => ({
  zh: `您的代码运行时出错：${thrown(error).zh}`,
  en: `Your code stopped with an error: ${thrown(error).en}`,
});

const unknown = (id: string): Text => {
  const ids = exercises.map(exercise => exercise.id).join(', ');
  return {
    zh: `没有练习 ${id}。现有的练习：${ids}。`,
    en: `There is no exercise ${id}. There are: ${ids}.`,
  };
};
