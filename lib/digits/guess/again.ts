import { messages } from '../language';
import { displayHtml } from '../notebook/display';
import { optionList, optionText } from '../quiz/quiz';
import { learner } from '../record/record';
import { type GuessId, question, RULES } from './rules';

/**
 * Asks those questions of the lesson again whose guesses missed, for example a day later. An option that is opened
 * says at once whether it is right, and why. A second try changes nothing in the record.
 *
 * @example
 * await guessAgain();
 */
export async function guessAgain(): Promise<void> {
  const { guesses } = await learner();
  const { none, asksAgain, otherOption } = messages().guesses.again;
  const missed = Object.entries(guesses).flatMap(([id, { picked, right }]) => {
    if (picked === undefined || right === undefined || picked === right) return [];
    if (!Object.hasOwn(RULES, id)) return [];
    const { asks, options, why, otherwise = why } = question(id as GuessId);
    const reason = right === RULES[id as GuessId].usual ? why : otherwise;
    return {
      asks,
      right,
      options: options.map((says, at) => ({ says, why: at === right ? reason : otherOption })),
    };
  });
  const intro = missed.length > 0 ? asksAgain : none;
  displayHtml(optionList(missed, intro), [intro, ...optionText(missed)].join('\n'));
}
