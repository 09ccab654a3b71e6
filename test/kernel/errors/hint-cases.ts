/** Cells, and the hints that a learner reads below their errors, as `hint-cases.yml` lists them. */
import type { Messages } from '../../../lib/kernel/messages/en';
import { readData } from '../../texts';

/** `{ declare: { declaration: x = 5 } }` is what the texts `declare(declaration('x = 5'))` say. */
type Hint = string | boolean | readonly Hint[] | { readonly [message: string]: Hint };

export const hintCases = readData<{
  /** By the cell. */
  readonly found: Readonly<Record<string, Hint>>;
  readonly thrown: Readonly<Record<string, Hint | null>>;
  readonly said: [cell: string, error: [name: string, message: string, column?: number], Hint][];
}>('kernel/errors/hint-cases.yml');

/** Returns hints in the words of a language. */
export const hintsIn = ({ hints }: Messages, cases: Hint | null): string[] =>
  [cases ?? []].flat().map(hint => written(hint as Hint, hints) as string);

function written(hint: Hint, texts: object): unknown {
  if (Array.isArray(hint)) return hint.map(each => written(each, texts));
  if (typeof hint !== 'object') return hint;
  const [[name, given] = ['', '']] = Object.entries(hint);
  const text = name
    .split('.')
    .reduce<unknown>((found, key) => Reflect.get(Object(found), key), texts);
  return typeof text === 'function' ? text(...[written(given, texts)].flat()) : text;
}
