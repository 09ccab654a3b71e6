/** What a learner may write instead of what failed. A hint that would be wrong is worse than none. */
import { type CellError, Found } from './cell-error';
import { arithmetic } from './hints/arithmetic';
import { constant } from './hints/constants';
import { keywordArgument } from './hints/keyword-argument';
import { loadedData } from './hints/loaded-data';
import { member } from './hints/members';
import { missingModule } from './hints/modules';
import { missing } from './hints/names';
import { promise } from './hints/promises';
import { pythonName } from './hints/python-names';
import { python } from './hints/python-syntax';
import { pythonToken } from './hints/python-tokens';
import { chineseSign } from './hints/signs';
import { wrongType } from './hints/types';

export type { CellError } from './cell-error';

/** The first that has something to say is heard. */
const RULES: readonly ((found: Found) => string | undefined)[] = [
  chineseSign,
  python,
  pythonToken,
  keywordArgument,
  pythonName,
  promise,
  loadedData,
  member,
  missingModule,
  missing,
  constant,
  arithmetic,
  wrongType,
];

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
