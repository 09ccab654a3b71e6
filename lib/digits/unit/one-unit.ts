import { escaped } from '../format';
import { messages } from '../language';
import { displayHtml } from '../notebook/display';
import { living } from '../notebook/living';
import { type Four, PATTERNS, written } from './arithmetic';

/** A unit that answers to the first diagonal, for those who cannot move its weights. */
const WEIGHTS: Four = [1, -1, -1, 1];
const BIAS = -1;

/**
 * Shows one unit below the cell, on a picture of 2 × 2: sliders for its four pixels, four weights and
 * its bias, the arithmetic up to relu written out, and what it answers to six patterns.
 *
 * It works by itself, without the kernel, also in a notebook that was saved or exported as HTML. If a
 * notebook is not trusted, two examples stand in its place. Outside a notebook these are printed.
 *
 * @example
 * oneUnit();
 */
export function oneUnit(): void {
  const { page, example } = messages().unit;
  const parts = [0, 2].map(at => {
    const pattern = PATTERNS[at] ?? [];
    return [example(page.patterns[at] ?? ''), ...written(pattern, WEIGHTS, BIAS)];
  });
  const html = parts.map(lines => `<p>${lines.map(escaped).join('<br>')}</p>`).join('');
  displayHtml(living('unit', html, { texts: page }), parts.flat().join('\n'));
}
