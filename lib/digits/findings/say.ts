import { escaped } from '../format';
import { messages } from '../language';
import { displayHtml, folded } from '../notebook/display';

/** Shows sentences below the cell as a folded paragraph. Skips undefined and false. */
export function say(...sentences: readonly (string | undefined | false)[]): void {
  const { between, cover } = messages().findings;
  const text = sentences.filter(Boolean).join(between);
  displayHtml(folded(cover, escaped(text)), text);
}

export const perHundred = (share: number): string => (100 * share).toFixed(1);
