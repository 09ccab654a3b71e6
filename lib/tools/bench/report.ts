/** The report: one table, whose rows stand below what they have in common. */
import { cpus, release, totalmem, type } from 'node:os';

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
  /** The number of times measured while other programs were busy. */
  readonly disturbed: number;
  readonly versions: Readonly<Record<string, string>>;
  /** A remark on the way it trained. */
  readonly note?: string;
  /** The reason that results are missing: the peer ended, or this machine cannot run it. */
  readonly trouble?: string;
}

const HEAD = ['ms', 'median', 'spread', 'ratio', 'first', 'five', 'peak MB', 'disturbed'];

/** Writes the machine, the table, the versions, and what went wrong. */
export function describe(measurements: readonly Measurement[]): string {
  const body = grouped(measurements).flatMap(rows => {
    const base = median(rows[0]?.seconds ?? []);
    return [[rows[0]?.group ?? ''], ...rows.map(row => cellsOf(row, base))];
  });
  return [
    machine(),
    inColumns([HEAD, ...body]),
    ...versionsOf(measurements),
    ...problemsOf(measurements),
  ].join('\n\n');
}

/** Formats rows in columns, the first aligned left. Headings of groups do not widen it. */
function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, i) =>
    Math.max(...rows.filter(row => row.length > 1).map(row => row[i]?.length ?? 0)),
  );
  const padded = (cell: string, i: number) =>
    i > 0 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[0] ?? 0);
  return rows.map(row => row.map(padded).join('  ').trimEnd()).join('\n');
}

const grouped = (measurements: readonly Measurement[]): Measurement[][] =>
  [...new Set(measurements.map(({ group }) => group))].map(name =>
    measurements.filter(({ group }) => group === name),
  );

function cellsOf(row: Measurement, base: number | undefined): string[] {
  const { title, seconds, first = [], five = [], peak = [], disturbed, trouble } = row;
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
    String(disturbed),
  ];
}

/** Tens of microseconds if it is less than ten milliseconds. */
const ms = (seconds: number) => (seconds * 1000).toFixed(seconds < 0.01 ? 2 : 0);

function shown(values: readonly number[], show: (value: number) => string): string {
  const middle = median(values);
  return middle === undefined ? '–' : show(middle);
}

/** Returns the middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.length > 0 ? middle.reduce((sum, each) => sum + each) / middle.length : undefined;
}

const machine = () =>
  `${cpus()[0]?.model.trim() || process.arch} × ${cpus().length}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;

/** Lists the versions, one line for all rows that have the same. */
function versionsOf(measurements: readonly Measurement[]): string[] {
  const titles = new Map<string, Set<string>>();
  for (const { title, versions } of measurements) {
    const key = Object.entries(versions)
      .map(each => each.join(' '))
      .join(', ');
    if (key) titles.set(key, (titles.get(key) ?? new Set()).add(title));
  }
  const lines = [...titles].map(([versions, those]) => `${[...those].join('; ')}: ${versions}`);
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** Lists remarks and troubles, one line for all groups that share one. */
function problemsOf(measurements: readonly Measurement[]): string[] {
  const groups = new Map<string, string[]>();
  const wrong = outliers(measurements);
  for (const row of measurements) {
    const differs = wrong.includes(row) ? 'its loss differs: it trains something else' : undefined;
    for (const why of [row.trouble ? reasonOf(row.trouble) : row.note, differs]) {
      if (!why) continue;
      const key = `${row.title}: ${why}`;
      groups.set(key, [...(groups.get(key) ?? []), row.group]);
    }
  }
  const lines = [...groups].map(([words, those]) => `${words} (${those.join(', ')})`);
  return lines.length > 0 ? [lines.join('\n')] : [];
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
    // Those whose epochs were taken again have trained more.
    const epochs = Math.min(...trained.map(({ losses = [] }) => losses.length));
    const lossOf = ({ losses = [] }: Measurement) => losses[epochs - 1] ?? Number.NaN;
    const usual = median(trained.map(lossOf)) ?? Number.NaN;
    return trained.filter(row => !(Math.abs(lossOf(row) - usual) <= APART * usual + LITTLE));
  });
}
