/** What a learner may write instead of what failed. A hint that would be wrong is worse than none. */
import { type CellError, Found } from './cell-error';
import { chineseSign } from './signs';

export type { CellError } from './cell-error';

/** The first that has something to say is heard. */
const RULES: readonly ((found: Found) => string | undefined)[] = [chineseSign];

/**
 * Says what to do about an error, in the language of the lesson: one or two sentences, with the code to write.
 *
 * @returns undefined where nothing certain can be said.
 */
export function hintFor(error: CellError): string | undefined {
  const found = new Found(error);
  for (const rule of RULES) {
    const hint = rule(found);
    if (hint) return hint;
  }
  return undefined;
}
