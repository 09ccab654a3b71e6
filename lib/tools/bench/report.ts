/** The report: one table, whose rows stand below what they have in common. */
import { cpus, loadavg, release, totalmem, type } from 'node:os';

export interface Measurement {
  /** The heading in the table; ratios are to its first row. */
  readonly group: string;
  readonly name: string;
  readonly title: string;
  /** Each time measured, without the first epochs. */
  readonly seconds: readonly number[];
  /** The first epochs, which include recording or compiling. */
  readonly first?: readonly number[];
  /** The first five epochs together. */
  readonly five?: readonly number[];
  /** The most memory that each process held, in bytes. */
  readonly peak?: readonly number[];
  /** The loss of each epoch of one process. */
  readonly losses?: readonly number[];
  readonly versions?: Readonly<Record<string, string>>;
  /** A remark on the way it trained. */
  readonly note?: string;
  /** The reason that results are missing: the peer ended, or this machine cannot run it. */
  readonly trouble?: string;
}

const HEAD = ['ms', 'median', 'spread', 'ratio', 'first', 'five', 'peak MB'];

/** Writes the table, the versions, and what went wrong. */
export function describe(measurements: readonly Measurement[]): string {
  const body = grouped(measurements).flatMap(rows => {
    const base = median(rows[0]?.seconds ?? []);
    return [[rows[0]?.group ?? ''], ...rows.map(row => cellsOf(row, base))];
  });
  const table = [HEAD, ...body];
  const wrong = outliers(measurements);
  // The headings of groups do not widen a column.
  const widths = HEAD.map((_, i) =>
    Math.max(...table.filter(row => row.length > 1).map(row => row[i]?.length ?? 0)),
  );
  const lines = table.map(row =>
    row.map((cell, i) => (i > 0 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[0] ?? 0))),
  );
  return [
    lines.map(cells => cells.join('  ').trimEnd()),
    linesOf(measurements, ({ title, versions = {} }) => {
      const said = Object.entries(versions).map(each => each.join(' '));
      return said.length > 0 ? [[said.join(', '), title]] : [];
    }),
    linesOf(measurements, row => {
      const { group, title, trouble, note } = row;
      const said = [trouble ? reasonOf(trouble) : note];
      if (wrong.includes(row)) said.push('its loss differs: it trains something else');
      return said.flatMap(why => (why ? [[`${title}: ${why}`, group]] : []));
    }),
  ]
    .filter(part => part.length > 0)
    .map(part => part.join('\n'))
    .join('\n\n');
}

const grouped = (measurements: readonly Measurement[]): Measurement[][] =>
  [...new Set(measurements.map(({ group }) => group))].map(name =>
    measurements.filter(({ group }) => group === name),
  );

function cellsOf(row: Measurement, base: number | undefined): string[] {
  const { title, seconds, first = [], five = [], peak = [], trouble } = row;
  const own = median(seconds);
  if (trouble || own === undefined) return [`  ${title}`, '–'];
  const spread = `${ms(Math.min(...seconds))}–${ms(Math.max(...seconds))}`;
  const ratio = base === undefined ? '–' : (own / base).toFixed(2);
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
  return [
    `  ${title}`,
    ms(own),
    spread,
    ratio,
    shown(first, ms),
    shown(five, ms),
    shown(peak, megabytes),
  ];
}

/** Tens of microseconds if it is less than ten milliseconds. */
const ms = (seconds: number) => (seconds * 1000).toFixed(seconds < 0.01 ? 2 : 0);

function shown(values: readonly number[], show: (value: number) => string): string {
  const middle = median(values);
  return middle === undefined ? '–' : show(middle);
}

/** Returns the middle value; of an even number of values, the mean of the two in the middle. */
function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.length > 0 ? middle.reduce((sum, each) => sum + each) / middle.length : undefined;
}

/** Describes this machine, and how busy it is before anything is measured. */
export const machine = () =>
  `${cpus()[0]?.model.trim() || process.arch} × ${cpus().length}, load ${loadavg()[0]?.toFixed(1)}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;

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
    const trained = rows.filter(({ losses = [], trouble }) => losses.length > 0 && !trouble);
    // Those whose epochs are slow may have trained fewer.
    const epochs = Math.min(...trained.map(({ losses = [] }) => losses.length));
    const lossOf = ({ losses = [] }: Measurement) => losses[epochs - 1] ?? Number.NaN;
    const usual = median(trained.map(lossOf)) ?? Number.NaN;
    return trained.filter(row => !(Math.abs(lossOf(row) - usual) <= APART * usual + LITTLE));
  });
}
