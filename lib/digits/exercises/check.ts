import { escaped } from '../format';
import { getLanguage, messages } from '../language';
import { display, displayHtml } from '../notebook/display';
import { learnerOf, wrongTries } from '../record/learner';
import { encodeLine } from '../record/line';
import { isKept, note } from '../record/record';
import { exercises } from '.';
import { type Exercise, type ExerciseText, NoAnswer, WrongAnswer } from './judging/exercise';
import { formatThrown } from './judging/format';
import { settled } from './judging/learner-code';

interface Judgement {
  /** `blank` if the cell has no answer yet, which does not count as an attempt. */
  readonly state: 'right' | 'wrong' | 'blank';
  readonly why: string;
  /** Name of the mistake in the exercise's texts, or an empty string. */
  readonly mistake: string;
}

/**
 * Judges the answer to an exercise and displays the verdict and the reason. A first wrong answer shows a hint, a second
 * a stronger hint, and later ones also the location of the solution.
 *
 * @param id the exercise, such as `'4.2'`.
 * @param answer the answer. A blank answer does not count as an attempt.
 * @param options with `throws`, the cell fails if the answer is not right, for automatic grading.
 * @throws RangeError if no exercise has this number.
 * @throws WrongAnswer with the reason, if `throws` is set and the answer is not right.
 * @example
 * await check('4.2', (label: number, classes: number) =>
 *   Array.from({ length: classes }, (_, i) => Number(i === label)),
 * );
 */
export async function check(id: string, answer: unknown, { throws = false } = {}): Promise<void> {
  const exercise = exercises.find(candidate => candidate.id === String(id));
  if (!exercise) {
    const ids = exercises.map(exercise => exercise.id).join(', ');
    throw new RangeError(messages().exercises.unknown(id, ids));
  }
  const { id: e } = exercise;
  const judgement = await judge(exercise, answer);
  const { state, why, mistake: m } = judgement;
  const event = { right: { e, ok: 1 }, wrong: { e, m }, blank: undefined } as const;
  const { id: learner, events, told: notice } = await note(event[state], state !== 'blank');
  const { html, text } = report(exercise, judgement, wrongTries(events, e), notice);
  // Notebooks that learners hand in contain the record, even without a report.
  displayHtml(html, text, isKept() ? { digits: encodeLine(learnerOf(learner, events)) } : {});
  if (state === 'right' && exercise.figure) display(await exercise.figure(answer));
  if (state !== 'right' && throws) throw new WrongAnswer(why);
}

/** Judges an answer or the result of a promise. Never throws. */
export async function judge(exercise: Exercise, answer: unknown): Promise<Judgement> {
  const { text, nameOf } = logged(exercise.texts[getLanguage()]);
  try {
    const why = await exercise.verify(await settled(answer), text);
    return { state: 'right', why, mistake: '' };
  } catch (error) {
    const isReason = error instanceof WrongAnswer;
    const why = isReason ? error.message : messages().exercises.brokenOff(formatThrown(error));
    const state = error instanceof NoAnswer ? 'blank' : 'wrong';
    return { state, why, mistake: isReason ? nameOf(why) : '' };
  }
}

/** Returns a copy of the texts that logs explanations of mistakes, and a function from an explanation to the name. */
function logged<T extends ExerciseText>(text: T) {
  const log: [words: string, name: string][] = [];
  const append = (name: string, words: string) => {
    log.push([words, name]);
    return words;
  };
  const wrong = Object.entries(text.wrong).map(([name, words]) => {
    if (typeof words === 'string') return [name, append(name, words)];
    return [name, (...values: never[]) => append(name, words(...values))];
  });
  const nameOf = (why: string): string => {
    const matches = log.filter(([words]) => why.includes(words));
    return matches.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? '';
  };
  return { text: { ...text, wrong: Object.fromEntries(wrong) } as T, nameOf };
}

/**
 * Formats a verdict, such as `✗ 4.2 Not yet.`, with the reason, the hints for the number of wrong attempts and a notice
 * about the record. The HTML wraps lines between words, because notebooks break plain text within words.
 */
export function report(
  { id, texts }: Exercise,
  { state, why }: Omit<Judgement, 'mistake'>,
  count: number,
  notice?: string,
): { html: string; text: string } {
  const { verdicts, hint, solution } = messages().exercises;
  const language = getLanguage();
  const [mark, style] = MARKS[state];
  const verdict = `${mark} ${id} ${verdicts[state]}`;
  const help = state === 'wrong' ? [hint + texts[language].hints[count < 2 ? 0 : 1]] : [];
  if (help.length > 0 && count > 2) help.push(`${solution}solutions.${language}.ipynb, ${id}`);
  const head = `<b${style}>${inHtml(verdict)}</b>${inHtml(why)}`;
  if (notice) help.push(notice);
  const below = help.map(line => `<div style="padding-left: 2em">${inHtml(line)}</div>`);
  return {
    html: `<div style="${STYLE}"><div>${head}</div>${below.join('')}</div>`,
    text: [verdict + why, ...help.map(line => `  ${line}`)].join('\n'),
  };
}

/** Both colors have a contrast of at least 4 to white and to black. */
export const [GREEN, RED] = ['#258538', '#d63a32'];

const MARKS = {
  right: ['✓', ` style="color: ${GREEN}"`],
  wrong: ['✗', ` style="color: ${RED}"`],
  blank: ['○', ''],
} as const;

const STYLE =
  'font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px); line-height: 1.4; padding: 2px 8px';

/** Converts text to HTML, including line breaks and indents. */
const inHtml = (words: string): string =>
  escaped(words).replace(/\n( *)/g, (_, indent: string) => `<br>${'&nbsp;'.repeat(indent.length)}`);
