import { messages } from '../language';
import { displayHtml } from '../notebook/display';
import { optionList, optionText } from '../quiz/quiz';
import { learner } from '../record/record';
import { type GuessId, question, RULES } from './rules';

/**
 * Repeats the lesson's questions that the learner guessed wrong, for example a day later. Opening an option
 * shows the correct answer and the reason. A second try does not change the record.
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
      options: options.map((says, i) => ({ says, why: i === right ? reason : otherOption })),
    };
  });
  const intro = missed.length > 0 ? asksAgain : none;
  displayHtml(optionList(missed, intro), [intro, ...optionText(missed)].join('\n'));
}
