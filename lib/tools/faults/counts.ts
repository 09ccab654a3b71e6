import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from 'digits/language';
import { readJson, writeJson } from '../project/files';
import { projectRoot } from '../project/paths';

/** The parts of the table, in its order. */
export const PARTS = ['data', 'setup', 'kernel', 'gpu', 'classroom'] as const;

/** How often the tests tried a fault, and how often the project survived it. */
export interface Count extends Text {
  readonly part: (typeof PARTS)[number];
  readonly tried: number;
  readonly survived: number;
}

/** Holds a file a fault: tests that run side by side write to it. */
const FOLDER = join(projectRoot, 'build', 'faults');

/** Returns the newest count of each fault, by its English name. */
export function readCounts(folder = FOLDER): Count[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap(name => readJson<Count>(join(folder, name)) ?? [])
    .sort((a, b) => a.en.localeCompare(b.en, 'en'));
}

/** Records a count in the place of an earlier one of the same fault. */
export function writeCount(count: Count, folder = FOLDER): void {
  const name = createHash('sha256').update(count.en).digest('hex').slice(0, 16);
  writeJson(join(folder, `${name}.json`), count);
}
