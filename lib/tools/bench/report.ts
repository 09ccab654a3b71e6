/** The report: a table for all that is measured against each other, and what is to be said of the rows. */
import { stripVTControlCharacters } from 'node:util';

/** What was measured of a row. */
export class Measurement {
  /** Each time measured, without the first epochs. */
  readonly seconds: number[] = [];
  /** The first epochs, which include recording or compiling. */
  readonly first: number[] = [];
  /** The first five epochs together. */
  readonly five: number[] = [];
  /** The most memory that each process held, in bytes. */
  readonly peak: number[] = [];
  /** The loss of each epoch of one process. */
  losses: number[] = [];
  readonly versions: Record<string, string> = {};
  /** A remark on the way it trained. */
  note?: string;
  /** The reason that results are missing: the peer ended, or this machine cannot run it. */
  trouble?: string;

  /** @param group the heading of the table; ratios are to its first row. */
  constructor(
    readonly group: string,
    readonly name: string,
    readonly title: string,
  ) {}

  /** Measures, if there was no trouble before. Trouble is told, and stays with this row. */
  async attempt(work: () => Promise<void>, say: (line: string) => void): Promise<void> {
    if (this.trouble) return;
    try {
      await work();
    } catch (error) {
      this.trouble = stripVTControlCharacters(error instanceof Error ? error.message : `${error}`);
      say(`${this.group} · ${this.title}: ${this.trouble}`);
    }
  }
}

const COLUMNS = ['ms', 'least', 'most', 'ratio', 'first', 'five', 'peak MB'];

/** Writes the tables, the versions, and what went wrong. */
export function report(measurements: readonly Measurement[], out: Console = console): void {
  for (const rows of grouped(measurements)) {
    const base = median(rows[0]?.seconds ?? []);
    out.log(`\n${rows[0]?.group}`);
    out.table(Object.fromEntries(rows.map(row => [row.title, numbersOf(row, base)])), COLUMNS);
  }
  const wrong = outliers(measurements);
  const versions = linesOf(measurements, ({ title, versions }) => {
    const said = Object.entries(versions).map(each => each.join(' '));
    return said.length > 0 ? [[said.join(', '), title]] : [];
  });
  const remarks = linesOf(measurements, row => {
    const { group, title, trouble, note } = row;
    const said = [trouble ? reasonOf(trouble) : note];
    if (wrong.includes(row)) said.push('its loss differs: it trains something else');
    return said.flatMap(why => (why ? [[`${title}: ${why}`, group]] : []));
  });
  for (const lines of [versions, remarks]) if (lines.length > 0) out.log(`\n${lines.join('\n')}`);
}

const grouped = (measurements: readonly Measurement[]): Measurement[][] =>
  [...new Set(measurements.map(({ group }) => group))].map(name =>
    measurements.filter(({ group }) => group === name),
  );

/** Returns what a row has of the columns, in four digits. */
function numbersOf({ seconds, first, five, peak, trouble }: Measurement, base: number) {
  const own = trouble ? Number.NaN : median(seconds);
  const numbers = {
    ms: 1000 * own,
    least: 1000 * Math.min(...seconds),
    most: 1000 * Math.max(...seconds),
    ratio: own / base,
    first: 1000 * median(first),
    five: 1000 * median(five),
    'peak MB': median(peak) / 1e6,
  };
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, value]) =>
      Number.isNaN(own) || Number.isNaN(value) ? [] : [[name, Number(value.toPrecision(4))]],
    ),
  );
}

/** Returns the middle value; of an even number of values, the mean of the two in the middle; NaN of none. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, each) => sum + each, 0) / middle.length;
}

/** Lists what the rows say, a line for all that say the same, with what each stands for. */
function linesOf(
  measurements: readonly Measurement[],
  say: (row: Measurement) => [words: string, whose: string][],
): string[] {
  const said = new Map<string, Set<string>>();
  for (const [words, whose] of measurements.flatMap(say)) {
    said.set(words, (said.get(words) ?? new Set()).add(whose));
  }
  return Array.from(said, ([words, those]) => `${words} (${[...those].join('; ')})`);
}

/** Returns the line of a peer's last words that names the error. */
function reasonOf(trouble: string): string {
  const lines = trouble.split('\n');
  const named = lines.filter(line => /^\s*(\w+\.)*\w*(Error|Exception)\b.*:/.test(line)).at(-1);
  return (named ?? lines[0] ?? '').trim().replace(/^(\w+\.)*\w*(Error|Exception)\b[^:]*: /, '');
}

/** The relative distance from the usual loss that random initial weights explain. */
const APART = 0.3;

/** The absolute distance that they explain: small losses vary more. */
const LITTLE = 0.02;

/** Returns the rows whose loss after the same number of epochs is not that of their group. */
export function outliers(measurements: readonly Measurement[]): Measurement[] {
  return grouped(measurements).flatMap(rows => {
    const trained = rows.filter(({ losses, trouble }) => losses.length > 0 && !trouble);
    // Those whose epochs are slow may have trained fewer.
    const epochs = Math.min(...trained.map(({ losses }) => losses.length));
    const lossOf = ({ losses }: Measurement) => losses[epochs - 1] ?? Number.NaN;
    const usual = median(trained.map(lossOf));
    return trained.filter(row => !(Math.abs(lossOf(row) - usual) <= APART * usual + LITTLE));
  });
}
