import { escaped } from '../format';
import { getLanguage, messages } from '../language';
import { display, displayHtml } from '../notebook/display';
import { learnerOf, wrongTries } from '../record/learner';
import { encodeLine } from '../record/line';
import { isKept, note } from '../record/record';
import { exercises } from '.';
import {
  type Exercise,
  type ExerciseText,
  formatThrown,
  NoAnswer,
  WrongAnswer,
} from './judging/exercise';
import { settled } from './judging/learner-code';

interface Judgement {
  /** `blank` if there is no answer yet: that is no try. */
  readonly state: 'right' | 'wrong' | 'blank';
  readonly why: string;
  /** The name of the mistake in the exercise's text; empty if it has none. */
  readonly mistake: string;
}

/**
 * Judges the answer to an exercise and shows whether it is right, why, and if it is not, a hint:
 * after the first wrong try a small one, after the second a strong one, then where the solution is.
 *
 * @param id the exercise, such as `'4.2'`.
 * @param answer whatever the exercise asks for; an empty answer is not counted as a try.
 * @param options `throws` has a cell fail whose answer is not right, for whoever marks by failing cells.
 * @throws RangeError if there is no such exercise.
 * @throws WrongAnswer with the reason that the answer is not right, if `throws` is set.
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
  const { id: own, events, told } = await note(event[state], state !== 'blank');
  const { html, text } = report(exercise, judgement, wrongTries(events, e), told);
  // A notebook that is handed in has it, even if its learner has not asked for the report.
  displayHtml(html, text, isKept() ? { digits: encodeLine(learnerOf(own, events)) } : {});
  if (state === 'right' && exercise.figure) display(await exercise.figure(answer));
  if (state !== 'right' && throws) throw new WrongAnswer(why);
}

/** Judges an answer, or what a promise brings, and throws nothing, whatever is wrong with it. */
export async function judge(exercise: Exercise, answer: unknown): Promise<Judgement> {
  const { text, nameOf } = named(exercise.texts[getLanguage()]);
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

/** Returns a text that remembers what it has said of mistakes, so that the words lead back to the mistake's name. */
function named<T extends ExerciseText>(text: T) {
  const said: [words: string, name: string][] = [];
  const keep = (name: string, words: string) => {
    said.push([words, name]);
    return words;
  };
  const wrong = Object.entries(text.wrong).map(([name, words]) => {
    if (typeof words === 'string') return [name, keep(name, words)];
    return [name, (...values: never[]) => keep(name, words(...values))];
  });
  const nameOf = (why: string): string => {
    const fitting = said.filter(([words]) => why.includes(words));
    return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? '';
  };
  return { text: { ...text, wrong: Object.fromEntries(wrong) } as T, nameOf };
}

/**
 * Writes a verdict, such as `✗ 4.2 Not yet.`, why, as much help as wrong tries call for, and what is told of the
 * record; as HTML too, since a notebook breaks plain text within words.
 */
export function report(
  { id, texts }: Exercise,
  { state, why }: Omit<Judgement, 'mistake'>,
  count: number,
  told?: string,
): { html: string; text: string } {
  const { verdicts, hint, solution } = messages().exercises;
  const language = getLanguage();
  const [mark, style] = MARKS[state];
  const verdict = `${mark} ${id} ${verdicts[state]}`;
  const help = state === 'wrong' ? [hint + texts[language].hints[count < 2 ? 0 : 1]] : [];
  if (help.length > 0 && count > 2) help.push(`${solution}solutions.${language}.ipynb, ${id}`);
  const head = `<b${style}>${inHtml(verdict)}</b>${inHtml(why)}`;
  if (told) help.push(told);
  const below = help.map(line => `<div style="padding-left: 2em">${inHtml(line)}</div>`);
  return {
    html: `<div style="${STYLE}"><div>${head}</div>${below.join('')}</div>`,
    text: [verdict + why, ...help.map(line => `  ${line}`)].join('\n'),
  };
}

/** Each has a contrast of at least 4 to a white page and to a black one; the mark says the same. */
export const [GREEN, RED] = ['#258538', '#d63a32'];

/** What is not tried yet is no mistake. */
const MARKS = {
  right: ['✓', ` style="color: ${GREEN}"`],
  wrong: ['✗', ` style="color: ${RED}"`],
  blank: ['○', ''],
} as const;

const STYLE =
  'font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px); line-height: 1.4; padding: 2px 8px';

/** Writes words as HTML that keeps their line breaks and indents. */
const inHtml = (words: string): string =>
  escaped(words).replace(/\n( *)/g, (_, indent: string) => `<br>${'&nbsp;'.repeat(indent.length)}`);
