/** Questions before a cell with clickable options, their results after the cell, and a final list of wrong guesses. */
import { escaped } from '../format';
import { getLanguage, messages } from '../language';
import type { Messages } from '../messages/en';
import { displayHtml, folded, newId } from '../notebook/display';
import { living } from '../notebook/living';
import { note } from '../record/record';
import { type GuessId, outcome, question, RULES } from './rules';

type Result = ReturnType<typeof outcome>;

/** A question and, after its result is revealed, the index of the correct option, the result and the reason. */
export type Asked = Pick<Result, 'id' | 'asks' | 'options'> & Partial<Result>;

/** Arguments of the page's script for {@link guess}, {@link reveal} and {@link guesses}. */
export interface GuessContent {
  readonly part: 'guess' | 'reveal' | 'all';
  readonly asked: readonly Asked[];
  /** Language of the lesson, used as the storage key, and the total number of guesses. */
  readonly lesson: string;
  readonly count: number;
  /** Id of the kernel session, in which a shown result counts as known, and the time in milliseconds. */
  readonly run: string;
  readonly at: number;
  readonly texts: Messages['guesses']['page'];
}

const RUN = newId().slice(0, 8);

/** Results revealed in this kernel session. */
const revealed = new Map<GuessId, Result>();

/**
 * Asks for a guess below the cell. Clicking an option commits the guess, and the page stores it for {@link
 * reveal}, without the kernel. A click is optional.
 *
 * An untrusted notebook shows the question without buttons. Outside a notebook the question is printed.
 *
 * @param id the guess, such as `'first-loss'`.
 * @throws RangeError for an unknown id; the message lists all ids.
 * @example
 * guess('first-loss');
 */
export function guess(id: string): void {
  const guessId = checkId(id);
  const { asks, options } = question(guessId);
  const lines = options.map((option, i) => `   ${String.fromCharCode(65 + i)}. ${option}`);
  const still = [`<b>${escaped(asks)}</b>`, ...lines.map(escaped)].join('<br>');
  show('guess', [{ id: guessId, asks, options }], still, [asks, ...lines].join('\n'));
}

/**
 * Shows the result of a guess next to the learner's guess, with the reason. Without a guess, only the answer is
 * shown. Missing or strange values lead to a message, not to a failing cell.
 *
 * @param id the guess, such as `'first-loss'`.
 * @param values the measured result. No value is needed if the answer is always the same. `untrained`:
 * probability, 0 to 1, of the untrained network's answer; `first-loss`: the loss; `later-epochs` and `sorted`:
 * the result of `model.fit`; `test`: the result of `model.fit` and the test accuracy; `confused`: labels and
 * predictions; `nudge`: the largest change of a pixel, 0 to 1.
 * @throws RangeError for an unknown id; the message lists all ids.
 * @example
 * reveal('first-loss', 2.31);
 */
export function reveal(id: string, ...values: unknown[]): void {
  const guessId = checkId(id);
  try {
    const result = outcome(guessId, values);
    revealed.set(guessId, result);
    void note({ r: guessId, o: result.right });
    const { cover } = messages().guesses.page;
    const words = inWords(result);
    show('reveal', [result], folded(cover, escaped(words)), `${result.asks}\n${words}`);
  } catch (error) {
    const { message } = error as Error;
    displayHtml(`<p>${escaped(message)}</p>`, message);
  }
}

/**
 * Lists the wrong guesses with results and reasons, and the number of guesses, without a score. Includes only
 * results that {@link reveal} has shown in this kernel session.
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

function checkId(id: string): GuessId {
  if (Object.hasOwn(RULES, id)) return id as GuessId;
  throw new RangeError(messages().guesses.unknownId(String(id), Object.keys(RULES).join(', ')));
}

const inWords = ({ came, why }: Result): string => came + messages().guesses.page.between + why;

function show(part: GuessContent['part'], asked: readonly Asked[], still: string, text: string) {
  const html = `<div style="max-width: 720px; line-height: 1.5; padding: 4px 8px">${still}</div>`;
  const [count, lesson] = [Object.keys(RULES).length, getLanguage()];
  const texts = messages().guesses.page;
  const content = { part, asked, lesson, count, run: RUN, at: Date.now(), texts };
  displayHtml(living('guess', html, content satisfies GuessContent), text);
}
