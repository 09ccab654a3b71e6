/** Writes what the learner reads below an exercise. */
import { escaped } from '../format';
import { getLanguage, messages } from '../language';
import type { Exercise } from './judging/exercise';

/** The result of judging an answer. */
export interface Judgement {
  /** `blank` if there is no answer yet: that is no try. */
  readonly state: 'right' | 'wrong' | 'blank';
  readonly why: string;
}

/**
 * Writes what the learner is told: a verdict, such as `✗ 4.2 Not yet.`, what explains it, and help.
 *
 * @param count the wrong tries so far, which decide how much help is given.
 * @returns the same as plain lines and as HTML, which wraps between words; a notebook's plain text
 * breaks within them.
 */
export function report(
  { id, texts }: Exercise,
  { state, why }: Judgement,
  count: number,
): { html: string; text: string } {
  const { verdicts, hint, solution } = messages().exercises;
  const language = getLanguage();
  const right = state === 'right';
  const verdict = `${right ? '✓' : '✗'} ${id} ${verdicts[state]}`;
  const help = right ? [] : [hint + texts[language].hints[count < 2 ? 0 : 1]];
  if (!right && count > 2) help.push(`${solution}solutions.${language}.ipynb, ${id}`);
  const head = `<b style="color: ${right ? GREEN : RED}">${inHtml(verdict)}</b>${inHtml(why)}`;
  const below = help.map(line => `<div style="padding-left: 2em">${inHtml(line)}</div>`);
  return {
    html: `<div style="${STYLE}"><div>${head}</div>${below.join('')}</div>`,
    text: [verdict + why, ...help.map(line => `  ${line}`)].join('\n'),
  };
}

/** Each has a contrast of at least 4 to a white page and to a black one; the mark says the same. */
export const [GREEN, RED] = ['#258538', '#d63a32'];

const STYLE =
  'font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px); line-height: 1.4; padding: 2px 8px';

/** Writes words as HTML that keeps their line breaks and indents. */
const inHtml = (words: string): string =>
  escaped(words).replace(/\n( *)/g, (_, indent: string) => `<br>${'&nbsp;'.repeat(indent.length)}`);
