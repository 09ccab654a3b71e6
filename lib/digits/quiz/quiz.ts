/** Questions that check themselves, as HTML that needs no script: opening an option tells whether it is right. */
import { GREEN, RED } from '../exercises/check';
import { escaped } from '../format';
import { messages } from '../language';
import { displayHtml } from '../notebook/display';

/** The place of the right option of each question. */
export const RIGHT_OPTIONS: readonly number[] = [2, 3, 0, 1, 0, 0, 1, 3, 2, 0];

/**
 * Shows ten questions on the whole lesson below the cell. Whoever opens an option reads at once whether
 * it is right, and why, without a script; outside a notebook the questions are printed, with a key.
 *
 * @example
 * quiz();
 */
export function quiz(): void {
  displayHtml(asHtml(), asText());
}

function asHtml(): string {
  const { questions, right, wrong } = messages().quiz;
  const parts = questions.map(({ asks, options }, i) => {
    const lines = options.map(({ says, why }, at) => {
      const isRight = at === RIGHT_OPTIONS[i];
      const color = isRight ? GREEN : RED;
      const verdict = isRight ? `✓ ${right}` : `✗ ${wrong}`;
      return (
        `<details data-digits-quiz="${i} ${at}" style="margin: 0 0 2px 10px"><summary style="cursor: pointer; padding: 3px 0 3px 28px; text-indent: -28px">${letter(at)}. ${escaped(says)}</summary>` +
        `<div style="margin: 0 0 8px 16px; padding: 2px 0 2px 10px; border-left: 3px solid ${color}">` +
        `<b style="color: ${color}">${verdict}</b>${escaped(why)}</div></details>`
      );
    });
    return `<div style="margin: 0 0 20px"><div style="font-weight: bold; margin: 0 0 4px">${i + 1}. ${escaped(asks)}</div>${lines.join('')}</div>`;
  });
  return `<div style="max-width: 720px; line-height: 1.5; padding: 4px 8px">${parts.join('')}</div>`;
}

function asText(): string {
  const { questions, key, between } = messages().quiz;
  const answers = RIGHT_OPTIONS.map((at, i) => `${i + 1} ${letter(at)}`);
  const lines = questions.flatMap(({ asks, options }, i) => [
    `${i + 1}. ${asks}`,
    ...options.map(({ says }, at) => `   ${letter(at)}. ${says}`),
    '',
  ]);
  return [...lines, key + answers.join(between)].join('\n');
}

const letter = (at: number): string => String.fromCharCode(65 + at);
