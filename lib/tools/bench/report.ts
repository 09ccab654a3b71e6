/** Prints the tables of the benchmark. */
import {
  bestEpochs,
  firstEpoch,
  fiveEpochs,
  type Measurement,
  median,
  steadyEpochs,
} from './measurement';

type Columns<Row> = Readonly<Record<string, (row: Row) => number>>;

const columnsOf = (base: number): Columns<Measurement> => ({
  ms: row => 1000 * median(steadyEpochs(row)),
  least: row => 1000 * Math.min(...steadyEpochs(row)),
  most: row => 1000 * Math.max(...steadyEpochs(row)),
  ratio: row => median(steadyEpochs(row)) / base,
  first: ({ processes }) => 1000 * median(processes.map(firstEpoch)),
  five: ({ processes }) => 1000 * median(processes.map(fiveEpochs).filter(Number.isFinite)),
  loss: ({ losses }) => losses.at(-1) ?? Number.NaN,
  'peak MB': ({ peak }) => median(peak) / 1e6,
});

/** Prints a table for each group of rows, then the reasons for missing numbers. */
export function report(measurements: readonly Measurement[], out: Console = console): void {
  for (const group of new Set(measurements.map(row => row.group))) {
    const rows = measurements.filter(row => row.group === group);
    out.log(`\n${group}`);
    const columns = columnsOf(median(steadyEpochs(rows[0] as Measurement)));
    printTable(
      rows.map(row => [row.title, row.trouble ? undefined : row]),
      columns,
      out,
    );
  }
  printTroubles(measurements, out);
}

/** The same row of the working tree and of another commit. */
export interface Comparison {
  readonly tree: Measurement;
  readonly commit: Measurement;
}

/** Seconds of both, by turn. */
interface Turns {
  readonly tree: readonly number[];
  readonly commit: readonly number[];
}

const turnRatios = ({ tree, commit }: Turns): number[] =>
  tree.map((seconds, turn) => seconds / (commit[turn] ?? Number.NaN));

const QUANTITIES = { epoch: bestEpochs, 'first epoch': firstEpoch, 'five epochs': fiveEpochs };

/**
 * Prints one table of milliseconds and ratios. The ratio is that of the medians over turns; `lowest` and
 * `highest` are the extreme ratios of a single turn.
 *
 * @param commit the name of the other commit.
 */
export function reportComparisons(
  comparisons: readonly Comparison[],
  commit: string,
  out: Console = console,
): void {
  const columns: Columns<Turns> = {
    'tree ms': ({ tree }) => 1000 * median(tree),
    'tree least': ({ tree }) => 1000 * Math.min(...tree),
    [`${commit} ms`]: row => 1000 * median(row.commit),
    [`${commit} least`]: row => 1000 * Math.min(...row.commit),
    ratio: row => median(row.tree) / median(row.commit),
    lowest: row => Math.min(...turnRatios(row)),
    highest: row => Math.max(...turnRatios(row)),
  };
  const rows = comparisons.flatMap(({ tree, commit }) =>
    Object.entries(QUANTITIES).map(([quantity, secondsOf]) => {
      const turns = {
        tree: tree.processes.map(secondsOf),
        commit: commit.processes.map(secondsOf),
      };
      const isComplete = !tree.trouble && !commit.trouble;
      return [`${tree.group} · ${quantity}`, isComplete ? turns : undefined] as const;
    }),
  );
  printTable(rows, columns, out);
  printTroubles(
    comparisons.flatMap(({ tree, commit }) => [tree, commit]),
    out,
  );
}

/** Prints rows of numbers with four digits; a cell without a number stays empty. */
function printTable<Row>(
  rows: readonly (readonly [title: string, row: Row | undefined])[],
  columns: Columns<Row>,
  out: Console,
): void {
  const cellsOf = (row: Row) =>
    Object.entries(columns).flatMap(([name, numberOf]) => {
      const number = numberOf(row);
      return Number.isFinite(number) ? [[name, Number(number.toPrecision(4))]] : [];
    });
  const cells = rows.map(([title, row]) => [title, Object.fromEntries(row ? cellsOf(row) : [])]);
  out.table(Object.fromEntries(cells), Object.keys(columns));
}

function printTroubles(measurements: readonly Measurement[], out: Console): void {
  for (const { group, title, trouble } of measurements) {
    if (trouble) out.log(`${group} · ${title}: ${errorLine(trouble)}`);
  }
}

/** Returns the line of a process's last output that names the error. */
function errorLine(output: string): string {
  const lines = output.split('\n');
  const named = lines.filter(line => /^\s*[\w.]*(Error|Exception)\b.*:/.test(line)).at(-1);
  return (named ?? lines[0] ?? '').trim().replace(/^[\w.]*(Error|Exception)\b[^:]*: /, '');
}
