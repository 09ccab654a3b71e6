import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { setLanguage } from '../../../../lib/digits/language';
import { steadySeconds } from '../../../../lib/tools/bench/epochs';
import { notesOf, tablesOf } from '../../../../lib/tools/bench/models/cells';
import type { ModelReport, ModelResult } from '../../../../lib/tools/bench/models/report';
import { modelsMarkdown } from '../../../../lib/tools/bench/models/report-markdown';
import { describeModels } from '../../../../lib/tools/bench/models/report-text';
import { suspectsOf } from '../../../../lib/tools/bench/models/suspects';
import { modelTargets, ratioOf } from '../../../../lib/tools/bench/models/targets';
import { readTable } from '../../../../lib/tools/project/marked-table';
import { reportOf, rowOf } from '../report';

afterEach(() => setLanguage('en'));

const COLUMNS = ['native', 'stock-native', 'wasm', 'stock-wasm', 'keras-tf', 'torch'];

/** What each column takes for an epoch, in seconds; undefined where it cannot train the model. */
function modelOf(
  name: string,
  times: readonly (number | undefined)[],
  trouble = "Kernel 'Nothing' not registered",
): ModelResult {
  const rows = times.map((seconds, i) =>
    seconds === undefined
      ? rowOf(COLUMNS[i] as string, [], { trouble })
      : rowOf(COLUMNS[i] as string, [[seconds, seconds, seconds]]),
  );
  return { name, title: name.toUpperCase(), samples: 4096, batchSize: 64, rows };
}

const reportWith = (...models: ModelResult[]): ModelReport => ({
  ...reportOf({}),
  models,
  targets: modelTargets(models),
  suspects: suspectsOf(models),
});

const lstm = modelOf('lstm', [0.1, 0.4, 0.3, 0.6, 0.2, 0.05]);
const gru = modelOf('gru', [0.004, 0.002, undefined, undefined, 0.01, 0.02]);

describe('the tables of the models', () => {
  const [steady, first, memory] = tablesOf([lstm, gru]);

  it('have a row for each model and a column for each who trains it', () => {
    deepEqual(steady?.columns, COLUMNS);
    deepEqual(
      steady?.rows.map(({ title, cells }) => [title, ...cells]),
      [
        ['LSTM', '100', '400', '300', '600', '200', '50'],
        ['GRU', '4.00', '2.00', '–', '–', '10', '20'],
      ],
    );
  });

  it('know the fastest of each row, and no best of memory', () => {
    deepEqual(
      steady?.rows.map(({ best }) => best),
      [5, 1],
    );
    deepEqual(
      memory?.rows.map(({ best, cells }) => [best, cells[0]]),
      [
        [undefined, '500'],
        [undefined, '500'],
      ],
    );
    equal(first?.rows[1]?.cells[0], '1000');
  });

  it('have no fastest where only one trains', () => {
    const [alone] = tablesOf([modelOf('alone', [0.1])]);
    deepEqual(
      alone?.rows.map(({ best }) => best),
      [undefined],
    );
  });
});

describe('the notes beneath them', () => {
  it('tell once, in the words of the error alone, why models cannot be trained', () => {
    const trouble = [
      'Expected "done" but it ended.',
      "TrainingError: Expected all of the operations but 'Nothing' is missing.",
      '    at fit (/somewhere/fit.ts:1:1)',
    ].join('\n');
    const missing = (name: string) => modelOf(name, [0.1, 0.2, undefined], trouble);
    deepEqual(notesOf([missing('gru'), lstm, missing('conv')]), [
      "gru, conv · wasm: Expected all of the operations but 'Nothing' is missing.",
    ]);
  });

  it('take the last error of Python, whose traceback stands before it', () => {
    const trouble =
      'Expected "ready" but it ended.\nTraceback (most recent call last):\nkeras.src.ModelError: no such model';
    deepEqual(notesOf([modelOf('gru', [undefined], trouble)]), ['gru · native: no such model']);
  });

  it('tell that there is none such machine, and what a training rested on', () => {
    const rows = [rowOf('absent', [], { trouble: 'not on this machine' }), rowOf('wasm', [[1, 1]])];
    const [process] = rows[1]?.processes ?? [];
    if (process) Object.assign(process, { note: 'it took the stock steps' });
    deepEqual(notesOf([{ ...lstm, rows }]), [
      'lstm · absent: not on this machine',
      'lstm · wasm: it took the stock steps',
    ]);
  });
});

describe("the models' targets", () => {
  const shown = (...models: ModelResult[]) =>
    modelTargets(models).map(
      ({ what, ratio, reached }) => `${what.en} ${ratio.toFixed(2)} ${reached ? '✔' : '✖'}`,
    );

  it('name the model that gains least, of an epoch and of the first, on each engine', () => {
    const other = modelOf('other', [0.1, 0.3, 0.3, 0.9]);
    deepEqual(shown(lstm, other), [
      'epoch, native, against stock: other 3.00 ✔',
      'first epoch, native, against stock: lstm 1.00 ✔',
      'epoch, WebAssembly, against stock: lstm 2.00 ✔',
      'first epoch, WebAssembly, against stock: lstm 1.00 ✔',
    ]);
  });

  it('name each model that is slower than stock, by more than noise', () => {
    const slower = modelOf('slower', [0.1, 0.09]);
    const noisy = modelOf('noisy', [0.1, 0.096]);
    deepEqual(
      shown(lstm, slower, gru, noisy).filter(line => line.startsWith('epoch, native')),
      ['epoch, native, against stock: gru 0.50 ✖', 'epoch, native, against stock: slower 0.90 ✖'],
    );
  });

  it('leave out what has no other to compare with', () => {
    equal(ratioOf(gru, { own: 'wasm', stock: 'stock-wasm', of: steadySeconds }), undefined);
    deepEqual(shown(modelOf('alone', [0.1])), []);
  });

  it('hold the convnets against the best of the peers', () => {
    const convnet = (own: number) => modelOf('mnist-convnet', [own, 9, 9, 9, 0.4, 0.2]);
    const best = 'epoch, native, against the best of Keras and PyTorch: mnist-convnet';
    equal(shown(convnet(0.1)).at(-1), `${best} 2.00 ✔`);
    equal(shown(convnet(0.125)).at(-1), `${best} 1.60 ✖`);
  });
});

describe('a row that trains something else', () => {
  it('is known by its loss', () => {
    const rows = ['native', 'stock-native', 'torch'].map(name => rowOf(name, [[1, 1]]));
    deepEqual(suspectsOf([{ ...lstm, rows }]), []);
    const withLosses = (...all: number[][]) =>
      rows.map((row, i) => ({
        ...row,
        processes: row.processes.map(each => ({ ...each, losses: all[i] ?? [] })),
      }));
    const odd = withLosses([2, 0.6, 0.2], [2, 0.9], [2, 0.5, 0.1]);
    deepEqual(suspectsOf([{ ...lstm, rows: odd }]), ['LSTM · stock-native: loss 0.9000, 0.6000']);
    // Of small losses the initial weights are a larger share.
    const small = withLosses([2, 0.006], [2, 0.012], [2, 0.005]);
    deepEqual(suspectsOf([{ ...lstm, rows: small }]), []);
  });
});

describe('the report on the models', () => {
  it('has all tables, the targets and the notes on the terminal', () => {
    const words = describeModels(reportWith(lstm, gru));
    match(words, /^LSTM +100 +400 +300 +600 +200 +50$/m);
    match(words, /^epoch, native, against stock: gru +≥ 1 +0\.50 +✖$/m);
    match(words, /^gru · wasm: Kernel 'Nothing' not registered$/m);
    doesNotMatch(words, /disturbed|quick run/);
    setLanguage('zh');
    match(describeModels({ ...reportWith(lstm), quick: true }), /每轮 ms[\s\S]*快速运行/);
  });

  it('has tables for a README, the fastest in bold', () => {
    const written = modelsMarkdown(reportWith(lstm, gru));
    match(written, /^\| LSTM \| 100 \| 400 \| 300 \| 600 \| 200 \| \*\*50\*\* \|$/m);
    match(written, /^\| GRU \| 4\.00 \| \*\*2\.00\*\* \| – \| – \| 10 \| 20 \|$/m);
    match(written, /^\| native \| 0\.5–4\.0 \(median 2\.3\) \| 1\.0–1\.0 \(median 1\.0\) \|$/m);
    match(written, /Chip <1> × 2, 16 GiB, Linux 6, 2026-01-02/);
    match(written, /^\| GRU \| gru \| 4096 \| 64 \|$/m);
    match(written, /^- gru · wasm: Kernel 'Nothing' not registered$/m);
  });

  it('has a place in the README of the package', () => {
    equal(typeof readTable('lib/tfjs-graph', 'en', 'models'), 'string');
  });
});
