/** Identifies learners by the id of their record, and by name if several share a browser. */
import type { LearnerRecord } from 'digits/record/learner';

export interface Learner {
  readonly source: string;
  readonly record: LearnerRecord;
}

/** Returns the latest record of each learner, most recent first, and problems by message key. */
export function learnersOf(submissions: readonly Learner[]) {
  const records = [...submissions].sort(compareRecency);
  const withNames = records.filter(({ record }) => record.name);
  const lastNames = new Map(withNames.reverse().map(({ record: { id, name } }) => [id, name]));
  const latest = new Map<string, Learner>();
  const namesById = new Map<string, string[]>();
  const doubts: { source: string; kind: 'doubled' | 'older' | 'shared' }[] = [];
  for (const { source, record } of records) {
    const { id, count, name = lastNames.get(id) ?? '' } = record;
    const key = `${id} ${name.normalize('NFKC').replace(/\s/g, '').toLowerCase()}`;
    const newer = latest.get(key);
    if (newer) {
      const label = (record.name ?? source) === source ? source : `${record.name} (${source})`;
      doubts.push({ source: label, kind: count === newer.record.count ? 'doubled' : 'older' });
    } else {
      latest.set(key, { source, record: name ? { ...record, name } : record });
      const names = namesById.get(id) ?? [];
      namesById.set(id, names);
      names.push(name);
    }
  }
  for (const names of namesById.values()) {
    if (names.length > 1) doubts.push({ source: names.join(', '), kind: 'shared' });
  }
  return { learners: [...latest.values()], doubts };
}

/** Sorts the latest record first. With equally many events, a record with a name is later. */
const compareRecency = ({ record: a }: Learner, { record: b }: Learner): number =>
  b.count - a.count || Number(!a.name) - Number(!b.name);
