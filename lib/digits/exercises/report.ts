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

/** A verdict, such as `✗ 4.2 Not yet.`, what explains it, and the lines below. */
export interface Report {
  readonly right: boolean;
  readonly verdict: string;
  readonly why: string;
  readonly help: readonly string[];
}

/**
 * Writes what the learner is told.
 *
 * @param count the wrong tries so far, which decide how much help is given.
 */
export function report({ id, texts }: Exercise, { state, why }: Judgement, count: number): Report {
  const { verdicts, hint, solution } = messages().exercises;
  const language = getLanguage();
  const { hints } = texts[language];
  const right = state === 'right';
  const help = [hint + hints[count < 2 ? 0 : 1]];
  if (count > 2) help.push(`${solution}solutions.${language}.ipynb, ${id}`);
  const verdict = `${right ? '✓' : '✗'} ${id} ${verdicts[state]}`;
  return { right, verdict, why, help: right ? [] : help };
}

export const asText = ({ verdict, why, help }: Report): string =>
  [verdict + why, ...help.map(line => `  ${line}`)].join('\n');

/** Lays the report out as HTML, which wraps between words; a notebook's plain text breaks within them. */
export function asHtml({ right, verdict, why, help }: Report): string {
  const head = `<b style="color: ${right ? GREEN : RED}">${inHtml(verdict)}</b>${inHtml(why)}`;
  const below = help.map(line => `<div style="padding-left: 2em">${inHtml(line)}</div>`);
  return `<div style="${STYLE}"><div>${head}</div>${below.join('')}</div>`;
}

/** Each has a contrast of at least 4 to a white page and to a black one; the mark says the same. */
export const [GREEN, RED] = ['#258538', '#d63a32'];

const STYLE =
  'font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px); line-height: 1.4; padding: 2px 8px';

/** Writes words as HTML that keeps their line breaks and indents. */
const inHtml = (words: string): string =>
  escaped(words).replace(/\n( *)/g, (_, indent: string) => `<br>${'&nbsp;'.repeat(indent.length)}`);
