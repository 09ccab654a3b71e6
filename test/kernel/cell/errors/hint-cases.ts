/** Cells of `hint-cases.yml`, and the hints below their errors. */
import { runInNewContext } from 'node:vm';
import type { Messages } from '../../../../lib/kernel/messages/en';
import { readData } from '../../../texts';

/** Calls of the texts, such as `declare(declaration('x = 5'))`. */
type Hints = string | null | readonly string[];

export const hintCases = readData<{
  /** By the cell. */
  readonly found: Readonly<Record<string, Hints>>;
  readonly thrown: Readonly<Record<string, Hints>>;
  readonly tensorFlow: [cell: string, message: string, Hints][];
  readonly said: [cell: string, error: [name: string, message: string, column?: number], Hints][];
}>('kernel/cell/errors/hint-cases.yml');

/** Returns hints in the words of a language. */
export const hintsIn = ({ hints }: Messages, calls: Hints): string[] =>
  [calls ?? []].flat().map(call => runInNewContext(call, { ...hints }));
