/** The tables of the models, as cells: what a terminal shows and a README have in common. */
import type { Text } from 'digits/language';
import { finished, firstSeconds, type RowResult, steadySeconds } from '../epochs';
import { mb } from '../report-values';
import { medianOf } from '../statistics';
import type { ModelResult } from './report';

/** A table: a row for each model, a column for each who trains it. */
export interface ModelTable {
  readonly title: Text;
  /** The titles of those who train; the models' own column has none. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly title: string;
    readonly cells: readonly string[];
    /** The place of the best of its cells; undefined where that is no matter. */
    readonly best?: number | undefined;
  }[];
}

/** Tens of microseconds where it is less than ten milliseconds. */
const shownMs = (seconds: number) => (seconds * 1000).toFixed(seconds < 0.01 ? 2 : 0);

/** An epoch in steady state, the first one, and the peak of memory. */
export function tablesOf(models: readonly ModelResult[]): ModelTable[] {
  return [
    tableOf(models, { en: 'ms per epoch', zh: '每轮 ms' }, steadySeconds, shownMs, true),
    tableOf(models, { en: 'first epoch, ms', zh: '首轮 ms' }, firstSeconds, shownMs, true),
    tableOf(models, { en: 'peak MB', zh: '峰值 MB' }, peaks, mb, false),
  ];
}

/** Tells why a row has no numbers, or what its numbers rest on, in the words of who trains. */
export function notesOf(models: readonly ModelResult[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, rows } of models) {
    for (const row of rows) {
      const why = row.trouble ? reasonOf(row.trouble) : row.processes[0]?.note;
      if (!why) continue;
      const key = `${row.title}: ${why}`;
      names.set(key, [...(names.get(key) ?? []), name]);
    }
  }
  return [...names].map(([words, those]) => `${those.join(', ')} · ${words}`);
}

const peaks = ({ processes }: RowResult) => processes.map(({ peak }) => peak);

function tableOf(
  models: readonly ModelResult[],
  title: Text,
  of: typeof peaks,
  show: (value: number) => string,
  marked: boolean,
): ModelTable {
  const names = [
    ...new Map(models.flatMap(({ rows }) => rows.map(row => [row.name, row.title] as const))),
  ];
  return {
    title,
    columns: names.map(([, columnTitle]) => columnTitle),
    rows: models.map(model => {
      const values = names.map(([name]) => medianOf(finished(model.rows, name), of));
      const least = Math.min(...values.map(value => value ?? Number.POSITIVE_INFINITY));
      return {
        title: model.title,
        cells: values.map(value => (value === undefined ? '–' : show(value))),
        best: marked && values.length > 1 ? values.indexOf(least) : undefined,
      };
    }),
  };
}

/** The line of a peer's last words that names the error. */
function reasonOf(trouble: string): string {
  const lines = trouble.split('\n');
  const named = lines.filter(line => /^\s*(\w+\.)*\w*(Error|Exception)\b.*:/.test(line)).at(-1);
  return (named ?? lines[0] ?? '').trim().replace(/^(\w+\.)*\w*(Error|Exception)\b[^:]*: /, '');
}
