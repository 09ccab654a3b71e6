/** Faults done on purpose: how often each was tried and survived, for the table of faults. */
import type { Text } from '../lib/digits/language';
import { type Count, writeCount } from '../lib/tools/faults/counts';

/**
 * Tries a fault `times` times, one after the other, and counts the trials that hold.
 *
 * `fault` is written where it is called, as literals: `faults.test.ts` looks for them in the
 * table of `test/README.md`. A trial fails by throwing; the first failure is thrown again once all were tried.
 */
export async function survive(
  part: Count['part'],
  fault: Text,
  times: number,
  trial: (index: number) => unknown,
): Promise<void> {
  const failures: unknown[] = [];
  for (let index = 0; index < times; index++) {
    try {
      await trial(index);
    } catch (error) {
      failures.push(error);
    }
  }
  writeCount({ part, ...fault, tried: times, survived: times - failures.length });
  if (failures.length > 0) throw failures[0];
}
