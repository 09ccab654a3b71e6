/** Faults done on purpose: how often each was tried and survived, for the README's table. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../lib/language';
import { projectRoot } from '../lib/setup/paths';
import { readRecord } from './record';

/** The parts of the table, in its order. */
export const PARTS = ['data', 'setup', 'kernel', 'gpu', 'classroom'] as const;

/** What the build's record holds of one fault. */
export interface Count extends Text {
  readonly part: (typeof PARTS)[number];
  readonly tried: number;
  readonly survived: number;
}

const RECORD = join(projectRoot, 'build', 'faults.json');

/** A later run of the same fault takes the place of the earlier. */
export const readCounts = () => readRecord<Count>(RECORD);

/**
 * Tries a fault `times` times, one after the other, and counts the trials that hold.
 *
 * `fault` is written where it is called, as literals: `fault-table.test.ts` looks for them in the
 * README. A trial fails by throwing; the first failure is thrown again once all were tried.
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
  const others = readCounts().filter(({ en }) => en !== fault.en);
  const count = { part, ...fault, tried: times, survived: times - failures.length };
  mkdirSync(join(projectRoot, 'build'), { recursive: true });
  writeFileSync(RECORD, `${JSON.stringify([...others, count], undefined, 2)}\n`);
  if (failures.length > 0) throw failures[0];
}
