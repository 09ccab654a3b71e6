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

const steadyOf = (row: Measurement): number[] => row.byProcess(steadyEpochs).flat();

const columnsOf = (base: number): Columns<Measurement> => ({
  ms: row => 1000 * median(steadyOf(row)),
  least: row => 1000 * Math.min(...steadyOf(row)),
  most: row => 1000 * Math.max(...steadyOf(row)),
  ratio: row => median(steadyOf(row)) / base,
  first: row => 1000 * median(row.byProcess(firstEpoch)),
  five: row => 1000 * median(row.byProcess(fiveEpochs)),
  loss: ({ processes }) => processes.at(-1)?.at(-1)?.loss ?? Number.NaN,
  'peak MB': ({ processes }) => median(processes.map(epochs => epochs.at(-1)?.peak ?? NaN)) / 1e6,
});

const groupsOf = (measurements: readonly Measurement[]) =>
  Array.from(
    new Set(measurements.map(({ group }) => group)),
    name => measurements.filter(({ group }) => group === name) as [Measurement, ...Measurement[]],
  );

/** Prints a table for each group of rows. */
export function report(measurements: readonly Measurement[], out: Console = console): void {
  for (const rows of groupsOf(measurements)) {
    out.log(`\n${rows[0].group}`);
    const columns = columnsOf(median(steadyOf(rows[0])));
    const entries = rows.map(row => [row.title, row.trouble ? undefined : row] as const);
    printTable(entries, columns, out);
  }
}

/** Seconds by turn. */
type Turns = readonly [tree: readonly number[], commit: readonly number[]];

const QUANTITIES = { epoch: bestEpochs, 'first epoch': firstEpoch, 'five epochs': fiveEpochs };

const ratios = ([tree, commit]: Turns): number[] =>
  tree.map((seconds, turn) => seconds / (commit[turn] ?? NaN));

/**
 * Prints one table of milliseconds and ratios. `ratio` divides the medians over turns; `lowest` and `highest` are the
 * extreme ratios of single turns.
 *
 * @param measurements groups of two rows: of the working tree, and of the other commit
 * @param name the name of the other commit.
 */
export function reportComparisons(
  measurements: readonly Measurement[],
  name: string,
  out: Console = console,
): void {
  const columns: Columns<Turns> = {
    'tree ms': ([tree]) => 1000 * median(tree),
    'tree least': ([tree]) => 1000 * Math.min(...tree),
    [`${name} ms`]: ([, commit]) => 1000 * median(commit),
    [`${name} least`]: ([, commit]) => 1000 * Math.min(...commit),
    ratio: ([tree, commit]) => median(tree) / median(commit),
    lowest: turns => Math.min(...ratios(turns)),
    highest: turns => Math.max(...ratios(turns)),
  };
  const rows = groupsOf(measurements).flatMap(([tree, commit = tree]) =>
    Object.entries(QUANTITIES).map(([quantity, statistic]) => {
      const turns: Turns = [tree.byProcess(statistic), commit.byProcess(statistic)];
      const isComplete = !tree.trouble && !commit.trouble;
      return [`${tree.group} · ${quantity}`, isComplete ? turns : undefined] as const;
    }),
  );
  printTable(rows, columns, out);
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
