import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from 'digits/language';
import { projectRoot } from '../project/paths';
import { readRecord } from '../project/record';

/** The parts of the table, in its order. */
export const PARTS = ['data', 'setup', 'kernel', 'gpu', 'classroom'] as const;

/** What the build's record holds of one fault. */
export interface Count extends Text {
  readonly part: (typeof PARTS)[number];
  readonly tried: number;
  readonly survived: number;
}

const RECORD = join(projectRoot, 'build', 'faults.json');

export const readCounts = () => readRecord<Count>(RECORD);

/** Records a count; a later one of the same fault takes the place of the earlier. */
export function writeCount(count: Count): void {
  const others = readCounts().filter(({ en }) => en !== count.en);
  mkdirSync(join(projectRoot, 'build'), { recursive: true });
  writeFileSync(RECORD, `${JSON.stringify([...others, count], undefined, 2)}\n`);
}
