import { messages } from '../language';
import { displayMarkdown } from '../notebook/display';

/** Shows sentences below the cell as one paragraph; those that do not apply are left out. */
export function say(...sentences: readonly (string | undefined | false)[]): void {
  displayMarkdown(sentences.filter(Boolean).join(messages().findings.between));
}

export const perHundred = (share: number): string => (100 * share).toFixed(1);
