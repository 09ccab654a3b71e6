import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { exponentsOf } from '../../../lib/tools/bench/growth';
import { markdownOf } from '../../../lib/tools/bench/report-markdown';
import { readTable, withTable } from '../../../lib/tools/project/marked-table';
import { browserOf, browserRun, reportOf, rowOf } from './report';

const grown = (name: string, title: string, power: number) =>
  (['samples', 'units', 'batch'] as const).flatMap(size =>
    [10, 100].map(value => {
      const peak = 1e8 * value ** 0.25;
      return { name, title, size, value, seconds: value ** power, peak };
    }),
  );
const growth = [...grown('native', 'digits', 1), ...grown('keras-tf', 'Keras', 0.5)];
const run = (seconds: number, more = {}) => ({
  ...{ seconds, kernel: 1.25, foreign: 0, disturbed: false, peak: 4.4e8 },
  ...more,
});
const report = reportOf({
  rows: [
    rowOf('jax', [[0.3], [0.6], [0.3]], { title: 'JAX' }),
    rowOf('native', [[0.2, 0.2, 0.2, 0.2]], {
      title: 'digits · native',
      versions: { TensorFlow: '2.20.0' },
    }),
    rowOf('torch', [[0.1]], { trouble: 'it ended' }),
    rowOf('absent', [], { trouble: 'not on this machine' }),
  ],
  lesson: [
    { name: 'lesson', title: 'tslab', runs: [run(4), run(5), run(9, { secondPss: 2.5e8 })] },
    { name: 'lesson-python', title: 'ipykernel', runs: [], trouble: 'no kernel' },
  ],
  browser: [
    browserOf([browserRun([0.6, 0.7, 0.8]), browserRun([0.5]), browserRun([0.9], { cell: 3 })]),
    browserOf([], { title: 'another', trouble: 'no browser' }),
  ],
  growth,
  exponents: exponentsOf(growth),
  large: [
    { name: 'native', title: 'digits', seconds: 1.5, peak: 6e8 },
    { name: 'keras-tf', title: 'Keras', seconds: 3, peak: 9e8 },
  ],
});

/** The tables, each as its rows of cells, without their heads. */
const tablesIn = (markdown: string) =>
  markdown
    .split('\n\n')
    .filter(part => part.startsWith('|'))
    .map(part =>
      part
        .split('\n')
        .slice(2)
        .map(row => row.slice(2, -2).split(' | ')),
    );

describe("the README's figures", () => {
  for (const language of ['en', 'zh'] as const) {
    const written = markdownOf(report, language);
    const [epochs, lesson, browser, exponents, large] = tablesIn(written);

    it(`are of each row that trained to the end, the fastest first, ${language}`, () => {
      deepEqual(epochs, [
        ['**digits · native**', '200', '1', '1000', '1800', '500'],
        // Its processes do not agree.
        ['JAX', '300–600', '1.5–3.0', '1000', '1300', '500'],
      ]);
    });

    it(`are those of the lesson, with the peak of its memory and a second learner's share, ${language}`, () => {
      deepEqual(lesson, [['tslab', '5.00', '1.25', '440', '250']]);
    });

    it(`are those of the lesson in the browser, ${language}`, () => {
      deepEqual(browser, [
        ['digits · Chromium', '2.00', '3.00', '8.00', '700', '700', '450', '17.6'],
      ]);
      match(
        written,
        language === 'en'
          ? /^\| In the browser \| first cell s \|.*\| MB transferred \|$/m
          : /^\| 在浏览器中 \| 首个单元格 s \|.*\| 传输 MB \|$/m,
      );
      match(written, /^- digits · Chromium: Chromium 143\.0$/m);
    });

    it(`are the exponents of growth, of time and of memory, ${language}`, () => {
      const own = ['digits', '1.00, 0.25', '1.00, 0.25', '1.00, 0.25'];
      deepEqual(exponents, [own, ['Keras', '0.50, 0.25', '0.50, 0.25', '0.50, 0.25']]);
    });

    it(`are those of a large problem, ${language}`, () => {
      deepEqual(large, [
        ['digits', '1500', '600'],
        ['Keras', '3000', '900'],
      ]);
    });

    it(`come with the problem, the machine, the day and the versions, ${language}`, () => {
      match(
        written,
        language === 'en' ? /48,000 samples.*batches of 64/ : /48\u202f000 个样本，每批 64 个/,
      );
      match(written, /Chip <1> × 2, 16 GiB, Linux 6.*2026-01-02/);
      match(written, /^- Node\.js 22\.0\.0\n- digits · native: TensorFlow 2\.20\.0$/m);
    });

    it(`have a place in the README, ${language}`, () => {
      ok(readTable('lib/tools/bench', language, 'bench').length > 0);
    });
  }

  it('take the place of what stands between their marks, and of nothing else', () => {
    const readme = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nbehind\n';
    equal(
      withTable(readme, 'bench', 'new $&'),
      'before\n<!-- bench -->\nnew $&\n<!-- /bench -->\nbehind\n',
    );
  });

  it('are those of a report from before there was a site, too', () => {
    const { browser: _, ...older } = report;
    equal(tablesIn(markdownOf(older, 'en')).length, 4);
  });

  it('are those that were measured, where some were not', () => {
    deepEqual(tablesIn(markdownOf(reportOf({ rows: report.rows }), 'en')).length, 1);
  });
});
