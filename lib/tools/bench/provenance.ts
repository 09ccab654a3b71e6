/** Names the machine and the versions that were measured, in the same words in every language. */
import type { RowResult } from './epochs';
import type { Report } from './report';

/** Processor, memory, system and card. */
export const machineOf = ({ processor, cores, memory, system, card }: Report['machine']) =>
  [`${processor} × ${cores}`, `${(memory / 2 ** 30).toFixed(0)} GiB`, system, card]
    .filter(Boolean)
    .join(', ');

export const versionsText = (versions: Readonly<Record<string, string>>) =>
  Object.entries(versions)
    .map(each => each.join(' '))
    .join(', ');

/** Lists the versions of the rows, one line for all rows that have the same. */
export function versionsByRow(rows: readonly Pick<RowResult, 'title' | 'versions'>[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, versions } of rows) {
    const key = versionsText(versions);
    if (key) titles.set(key, [...(titles.get(key) ?? []), title]);
  }
  return [...titles].map(([versions, those]) => `${those.join('; ')}: ${versions}`);
}
