/** Questions before a cell that take a click, their results after it, and at the end those that missed. */
import { escaped } from '../format';
import { getLanguage, messages } from '../language';
import type { Messages } from '../messages/en';
import { displayHtml, newId } from '../notebook/display';
import { living } from '../notebook/living';
import { note } from '../record/record';
import { type GuessId, outcome, question, RULES } from './rules';

/** A question, and once it is revealed the place of the right option, what came out, and why. */
export interface Asked {
  readonly id: string;
  readonly asks: string;
  readonly options: readonly string[];
  readonly right?: number;
  readonly came?: string;
  readonly why?: string;
}

/** The data with which the page's script starts what {@link guess}, {@link reveal} and {@link guesses} show. */
export interface GuessContent {
  readonly part: 'guess' | 'reveal' | 'all';
  readonly asked: readonly Asked[];
  /** The language of the lesson whose guesses the page keeps, and how many guesses it has. */
  readonly lesson: string;
  readonly count: number;
  /** The kernel's run, in which a result is known once it is shown, and the time, in milliseconds. */
  readonly run: string;
  readonly at: number;
  readonly texts: Messages['guesses']['page'];
}

const RUN = newId().slice(0, 8);

/** What has been revealed in this run. */
const revealed = new Map<GuessId, ReturnType<typeof outcome>>();

/**
 * Asks for a guess below the cell. A click on an option commits, and the page remembers it for
 * {@link reveal}, without the kernel; without a click nothing happens.
 *
 * If a notebook is not trusted, the question stands there without buttons. Outside a notebook it is
 * printed.
 *
 * @param id the guess, such as `'first-loss'`.
 * @throws RangeError if there is no such guess; it lists those that there are.
 * @example
 * guess('first-loss');
 */
export function guess(id: string): void {
  const known = knownId(id);
  const { asks, options } = question(known);
  const lines = options.map((option, at) => `   ${String.fromCharCode(65 + at)}. ${option}`);
  const still = [`<b>${escaped(asks)}</b>`, ...lines.map(escaped)].join('<br>');
  show('guess', [{ id, asks, options }], still, [asks, ...lines].join('\n'));
}

/**
 * Shows what a guess came to, beside the learner's own, and why. Without a guess it shows the answer
 * alone. Values that are missing or strange are said to be so; the cell does not fail.
 *
 * @param id the guess, such as `'first-loss'`.
 * @param values what it came to in this run: none where the answer is always the same; `untrained` the
 * probability, 0 to 1, of the untrained network's answer; `first-loss` the loss; `one-epoch` the
 * validation accuracy, 0 to 1, or what `model.fit` returned; `unit-off` what `costOfUnits` returned, or the most accuracy lost, in points; `test` the
 * accuracy of the last epoch, or what `model.fit` returned, and that on the test set; `confused` labels and predictions; `nudge` the largest change of a pixel, 0 to 1.
 * @throws RangeError if there is no such guess; it lists those that there are.
 * @example
 * reveal('first-loss', 2.31);
 */
export function reveal(id: string, ...values: unknown[]): void {
  const known = knownId(id);
  try {
    const result = outcome(known, values);
    revealed.set(known, result);
    void note({ r: known, o: result.right });
    const { cover } = messages().guesses.page;
    const words = inWords(result);
    show('reveal', [result], folded(cover, escaped(words)), `${result.asks}\n${words}`);
  } catch (error) {
    const { message } = error as Error;
    displayHtml(`<p>${escaped(message)}</p>`, message);
  }
}

/**
 * Lists the guesses that missed, with what came out and why, and how many were made; no score. It
 * knows the results that {@link reveal} has shown in this run.
 *
 * @example
 * guesses();
 */
export function guesses(): void {
  const results = [...revealed.values()];
  const { unknown, between } = messages().guesses.page;
  const still = results.map(result => folded(escaped(result.asks), escaped(inWords(result))));
  const lines = results.map(result => result.asks + between + inWords(result));
  show('all', results, still.join('') || `<p>${escaped(unknown)}</p>`, lines.join('\n') || unknown);
}

function knownId(id: string): GuessId {
  if (Object.hasOwn(RULES, id)) return id as GuessId;
  throw new RangeError(messages().guesses.unknownId(String(id), Object.keys(RULES).join(', ')));
}

const inWords = ({ came, why }: ReturnType<typeof outcome>): string =>
  came + messages().guesses.page.between + why;

function show(part: GuessContent['part'], asked: readonly Asked[], still: string, text: string) {
  const html = `<div style="max-width: 720px; line-height: 1.5; padding: 4px 8px">${still}</div>`;
  const [count, lesson] = [Object.keys(RULES).length, getLanguage()];
  const texts = messages().guesses.page;
  const content = { part, asked, lesson, count, run: RUN, at: Date.now(), texts };
  displayHtml(living('guess', html, content satisfies GuessContent), text);
}

const folded = (summary: string, html: string): string =>
  `<details><summary style="cursor: pointer; padding: 3px 0">${summary}</summary><div style="margin: 0 0 8px 16px">${html}</div></details>`;
