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

const COLUMNS: Record<string, (row: Measurement, base: number) => number> = {
  ms: ({ seconds }) => 1000 * median(seconds),
  least: ({ seconds }) => 1000 * Math.min(...seconds),
  most: ({ seconds }) => 1000 * Math.max(...seconds),
  ratio: ({ seconds }, base) => median(seconds) / base,
  first: ({ first }) => 1000 * median(first),
  five: ({ five }) => 1000 * median(five),
  'peak MB': ({ peak }) => median(peak) / 1e6,
};

/** Writes the tables, the versions, and what went wrong. */
export function report(measurements: readonly Measurement[], out: Console = console): void {
  for (const rows of grouped(measurements)) {
    const base = median(rows[0]?.seconds ?? []);
    out.log(`\n${rows[0]?.group}`);
    out.table(
      Object.fromEntries(rows.map(row => [row.title, numbersOf(row, base)])),
      Object.keys(COLUMNS),
    );
  }
  const wrong = outliers(measurements);
  const versions = linesOf(measurements, ({ title, versions }) => {
    const said = Object.entries(versions).map(each => each.join(' '));
    return [said.join(', '), title];
  });
  const remarks = linesOf(measurements, row => {
    const differs = wrong.includes(row) && 'its loss differs: it trains something else';
    const why = row.trouble ? reasonOf(row.trouble) : differs;
    return [why && `${row.title}: ${why}`, row.group];
  });
  for (const lines of [versions, remarks]) if (lines.length > 0) out.log(`\n${lines.join('\n')}`);
}

const grouped = (measurements: readonly Measurement[]): Measurement[][] =>
  [...new Set(measurements.map(({ group }) => group))].map(name =>
    measurements.filter(({ group }) => group === name),
  );

/** Returns what a row has of the columns, in four digits. */
function numbersOf(row: Measurement, base: number) {
  const numbers = Object.entries(COLUMNS).map(([name, numberOf]) => {
    const number = row.trouble ? Number.NaN : numberOf(row, base);
    return [name, Number.isNaN(number) ? undefined : Number(number.toPrecision(4))];
  });
  return Object.fromEntries(numbers.filter(([, number]) => number !== undefined));
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
  say: (row: Measurement) => [words: string | false, whose: string],
): string[] {
  const said = new Map<string, Set<string>>();
  for (const [words, whose] of measurements.map(say)) {
    if (words) said.set(words, (said.get(words) ?? new Set()).add(whose));
  }
  return Array.from(said, ([words, those]) => `${words} (${[...those].join('; ')})`);
}

/** Returns the line of a peer's last words that names the error. */
function reasonOf(trouble: string): string {
  const lines = trouble.split('\n');
  const named = lines.filter(line => /^\s*[\w.]*(Error|Exception)(?![\w.]).*:/.test(line)).at(-1);
  return (named ?? lines[0] ?? '').trim().replace(/^[\w.]*(Error|Exception)(?![\w.])[^:]*: /, '');
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
