import { equal, match } from 'node:assert/strict';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { bestEpochs, Measurement } from '../../lib/bench/measurement';
import { report, reportComparisons } from '../../lib/bench/report';

const row = (title: string, seconds: number[][], more: Partial<Measurement> = {}): Measurement => {
  const processes = seconds.map(epochs =>
    epochs.map((value, i) => ({ seconds: value, loss: 1 / (i + 1), peak: 1e8 * i })),
  );
  return Object.assign(new Measurement('an epoch', title, title), { processes, ...more });
};

function printed(print: (out: Console) => void): string {
  let text = '';
  const write = (chunk: unknown, _: unknown, done: () => void) => {
    text += chunk;
    done();
  };
  print(new Console(new Writable({ write })));
  return text.replace(/ +│/g, ' │');
}

describe('the report of the benchmark', () => {
  it('has medians, extremes, ratios to the first row of a group, and no numbers of a row that failed', () => {
    const rows = [
      row('ours', [[1, 0.2, 0.1, 0.4, 0.2]]),
      row('peer', [
        [1, 0.5],
        [2, 0.7],
      ]),
      row('late', [[1]], { trouble: 'no' }),
      row('ours', [[0.004]], { group: 'lstm' }),
    ];
    const tables = printed(out => report(rows, out));
    match(tables, /^an epoch$/m);
    match(tables, /│ ms │ least │ most │ ratio │ first │ five │ loss │ peak MB │$/m);
    match(tables, /^│ ours │ 200 │ 100 │ 400 │ 1 │ 1000 │ 1900 │ 0.2 │ 400 │$/m);
    match(tables, /^│ peer │ 600 │ 500 │ 700 │ 3 │ 1500 │ │ 0.5 │ 100 │$/m);
    match(tables, /^│ late │ │ │ │ │ │ │ │ │$/m);
    match(tables, /^lstm$\n^.*\n^.*\n^.*\n^│ ours │ 4 │ 4 │ 4 │ 1 │ 4 │ │ 1 │ 0 │$/m);
  });
});

describe('the comparison with a commit', () => {
  it('takes the five fastest of seven epochs, and all but two of fewer', () => {
    equal(bestEpochs([90, 7, 1, 2, 3, 4, 5]), 3);
    equal(bestEpochs([90, 7, 1]), 1);
    equal(bestEpochs([90, 7]), 7);
    equal(bestEpochs([90]), 90);
  });

  it('has medians over turns, their ratio, and the lowest and highest ratio of a turn', () => {
    const turn = (first: number, steady: number) => [first, ...Array(6).fill(steady)];
    const tree = row('working tree', [turn(2, 0.1), turn(4, 0.2), turn(3, 0.3)]);
    const commit = row('abc', [turn(4, 0.4), turn(4, 0.1), turn(5, 0.4)]);
    const table = printed(out => reportComparisons([tree, commit], 'abc', out));
    match(table, /│ tree ms │ tree least │ abc ms │ abc least │ ratio │ lowest │ highest │$/m);
    match(table, /^│ an epoch · epoch │ 200 │ 100 │ 400 │ 100 │ 0.5 │ 0.25 │ 2 │$/m);
    match(table, /^│ an epoch · first epoch │ 3000 │ 2000 │ 4000 │ 4000 │ 0.75 │ 0.5 │ 1 │$/m);
    match(table, /^│ an epoch · five epochs │ 4200 │ 2400 │ 5600 │ 4400 │ 0.75 │ /m);
  });

  it('has no numbers of a row that failed in either tree', () => {
    const tree = row('working tree', [[2, 1]]);
    const commit = row('abc', [[1]], { trouble: 'no fit' });
    const table = printed(out => reportComparisons([tree, commit], 'abc', out));
    match(table, /^│ an epoch · epoch │ │ │ │ │ │ │ │$/m);
  });
});
