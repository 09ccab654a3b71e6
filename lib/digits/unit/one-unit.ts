import { escaped } from '../format';
import { messages } from '../language';
import { displayHtml } from '../notebook/display';
import { living } from '../notebook/living';
import { arithmeticLines, PATTERNS } from './arithmetic';

/**
 * Shows a unit for pictures of 2 × 2 below the cell: sliders for four pixels, four weights and the bias, the
 * written arithmetic up to relu, and the answers to six patterns.
 *
 * The unit works without the kernel, also in a notebook that was saved or exported as HTML. An untrusted
 * notebook shows two examples with the initial weights instead. Outside a notebook the examples are printed.
 *
 * @example
 * oneUnit();
 */
export function oneUnit(): void {
  const { page, example } = messages().unit;
  const weights = [0.5, 0.5, 0.5, 0.5];
  const parts = [0, 2].map(index => {
    const pattern = PATTERNS[index] ?? [];
    return [example(page.patterns[index] ?? ''), ...arithmeticLines(pattern, weights, 0)];
  });
  const html = parts.map(lines => `<p>${lines.map(escaped).join('<br>')}</p>`).join('');
  displayHtml(living('unit', html, { texts: page }), parts.flat().join('\n'));
}
