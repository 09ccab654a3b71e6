/** Questions with immediate answers, as HTML without a script: opening an option shows whether it is correct. */
import { GREEN, RED } from '../exercises/check';
import { escaped } from '../format';
import { messages } from '../language';
import { displayHtml } from '../notebook/display';

/** Index of the correct option of each question. */
export const RIGHT_OPTIONS: readonly number[] = [2, 3, 0, 1, 0, 0, 1, 3, 2, 0];

/**
 * Shows ten questions on the whole lesson below the cell. Opening an option shows whether it is correct, and
 * the reason. Outside a notebook the questions are printed with a key.
 *
 * @example
 * quiz();
 */
export function quiz(): void {
  const questions = messages().quiz.questions.map((question, i) => ({
    ...question,
    right: RIGHT_OPTIONS[i] as number,
  }));
  displayHtml(optionList(questions, '', true), optionText(questions).join('\n'));
}

interface Question {
  readonly asks: string;
  readonly options: readonly { readonly says: string; readonly why: string }[];
  readonly right: number;
}

/**
 * Formats questions as HTML, each option as a disclosure.
 *
 * @param isRecorded whether the learner's record stores the first opened option of each question.
 */
export function optionList(questions: readonly Question[], intro = '', isRecorded = false): string {
  const texts = messages().quiz;
  const parts = questions.map(({ asks, options, right }, i) => {
    const lines = options.map(({ says, why }, index) => {
      const isRight = index === right;
      const color = isRight ? GREEN : RED;
      const verdict = isRight ? `✓ ${texts.right}` : `✗ ${texts.wrong}`;
      const noted = isRecorded ? ` data-digits-quiz="${i} ${index}"` : '';
      return (
        `<details${noted} style="margin: 0 0 2px 10px"><summary style="cursor: pointer; padding: 3px 0 3px 28px; text-indent: -28px">${letter(index)}. ${escaped(says)}</summary>` +
        `<div style="margin: 0 0 8px 16px; padding: 2px 0 2px 10px; border-left: 3px solid ${color}">` +
        `<b style="color: ${color}">${verdict}</b>${escaped(why)}</div></details>`
      );
    });
    return `<div style="margin: 0 0 20px"><div style="font-weight: bold; margin: 0 0 4px">${i + 1}. ${escaped(asks)}</div>${lines.join('')}</div>`;
  });
  const head = intro && `<p>${escaped(intro)}</p>`;
  return `<div style="max-width: 720px; line-height: 1.5; padding: 4px 8px">${head}${parts.join('')}</div>`;
}

/** Formats questions as lines of plain text, with a key. */
export function optionText(questions: readonly Question[]): string[] {
  const { key, between } = messages().quiz;
  const answers = questions.map(({ right }, i) => `${i + 1} ${letter(right)}`);
  const lines = questions.flatMap(({ asks, options }, i) => [
    `${i + 1}. ${asks}`,
    ...options.map(({ says }, index) => `   ${letter(index)}. ${says}`),
    '',
  ]);
  return questions.length > 0 ? [...lines, key + answers.join(between)] : [];
}

const letter = (index: number): string => String.fromCharCode(65 + index);
