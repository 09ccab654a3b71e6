import { getLanguage, messages } from '../language';
import { displayHtml } from '../notebook/display';
import { exercises } from '.';
import { type Exercise, formatThrown, NoAnswer, WrongAnswer } from './judging/exercise';
import { settled } from './judging/learner-code';
import { type Judgement, report } from './report';

const tries = new Map<string, number>();

/**
 * Judges the answer to an exercise and shows whether it is right, why, and if it is not, a hint:
 * after the first wrong try a small one, after the second a strong one, then where the solution is.
 *
 * @param id the exercise, such as `'4.2'`.
 * @param answer whatever the exercise asks for; an empty answer is not counted as a try.
 * @throws RangeError if there is no such exercise.
 * @example
 * await check('4.2', (label: number, classes: number) =>
 *   Array.from({ length: classes }, (_, i) => Number(i === label)),
 * );
 */
export async function check(id: string, answer: unknown): Promise<void> {
  const exercise = exercises.find(candidate => candidate.id === String(id));
  if (!exercise) {
    const ids = exercises.map(exercise => exercise.id).join(', ');
    throw new RangeError(messages().exercises.unknown(id, ids));
  }
  const judgement = await judge(exercise, answer);
  const count = (tries.get(id) ?? 0) + (judgement.state === 'wrong' ? 1 : 0);
  tries.set(id, judgement.state === 'right' ? 0 : count);
  const { html, text } = report(exercise, judgement, count);
  displayHtml(html, text);
}

/** Judges an answer, or what a promise brings, and throws nothing, whatever is wrong with it. */
export async function judge(exercise: Exercise, answer: unknown): Promise<Judgement> {
  try {
    const text = exercise.texts[getLanguage()];
    return { state: 'right', why: await exercise.verify(await settled(answer), text) };
  } catch (error) {
    if (error instanceof WrongAnswer) {
      return { state: error instanceof NoAnswer ? 'blank' : 'wrong', why: error.message };
    }
    return { state: 'wrong', why: messages().exercises.brokenOff(formatThrown(error)) };
  }
}
