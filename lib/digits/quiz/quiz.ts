import { displayHtml } from '../notebook/display';
import { asHtml, asText } from './html';
import { ON_JUDGING } from './on-judging';
import { ON_LEARNING } from './on-learning';

/** The ten, in the order of the lesson. */
export const QUESTIONS = [...ON_LEARNING, ...ON_JUDGING];

/**
 * Shows ten questions on the whole lesson below the cell. Whoever opens an option reads at once whether
 * it is right, and why, without a script; outside a notebook the questions are printed, with a key.
 *
 * @example
 * quiz();
 */
export function quiz(): void {
  displayHtml(asHtml(QUESTIONS), asText(QUESTIONS));
}
