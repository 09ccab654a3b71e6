/** Writes the questions as HTML that needs no script: opening an option tells whether it is right. */
import { escaped } from '../format';
import { type Text, text } from '../language';
import type { Option, Question } from './question';

/** Lays the questions out, one below the other, their options closed. */
export function asHtml(questions: readonly Question[]): string {
  const parts = questions.map(
    ({ asks, options }, i) =>
      `<div style="margin: 0 0 20px"><div style="font-weight: bold; margin: 0 0 4px">${i + 1}. ${escaped(text(asks))}</div>` +
      `${options.map(inHtml).join('')}</div>`,
  );
  return `<div style="${STYLE}">${parts.join('')}</div>`;
}

/** Writes the questions as plain lines, the letters of the right options in the last one. */
export function asText(questions: readonly Question[]): string {
  const key = questions.map(
    ({ options }, i) => `${i + 1} ${letter(options.findIndex(({ isRight }) => isRight))}`,
  );
  return [
    ...questions.flatMap(({ asks, options }, i) => [
      `${i + 1}. ${text(asks)}`,
      ...options.map(({ says }, at) => `   ${letter(at)}. ${text(says)}`),
      '',
    ]),
    text(KEY) + key.join(text(BETWEEN)),
  ].join('\n');
}

function inHtml({ says, why, isRight }: Option, at: number): string {
  const [mark, color, verdict] = isRight ? ['✓', GREEN, RIGHT] : ['✗', RED, WRONG];
  return (
    `<details style="margin: 0 0 2px 10px"><summary style="cursor: pointer; padding: 3px 0 3px 28px; text-indent: -28px">${letter(at)}. ${escaped(text(says))}</summary>` +
    `<div style="margin: 0 0 8px 16px; padding: 2px 0 2px 10px; border-left: 3px solid ${color}">` +
    `<b style="color: ${color}">${mark} ${text(verdict)}</b>${escaped(text(why))}</div></details>`
  );
}

const letter = (at: number): string => String.fromCharCode(65 + at);

// Each has a contrast of at least 4 to a white page and to a black one; the mark says the same.
const [GREEN, RED] = ['#258538', '#d63a32'];

const STYLE = 'max-width: 720px; line-height: 1.5; padding: 4px 8px';

const RIGHT: Text = { zh: '对。', en: 'Right. ' };
const WRONG: Text = { zh: '不对。', en: 'No. ' };
const KEY: Text = { zh: '答案：', en: 'Answers: ' };
const BETWEEN: Text = { zh: '，', en: ', ' };
