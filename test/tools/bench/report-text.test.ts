import { deepEqual, doesNotMatch, match } from 'node:assert/strict';
import { setLanguage } from '../../../lib/digits/language';
import { exponentsOf } from '../../../lib/tools/bench/growth';
import { describe as describeReport } from '../../../lib/tools/bench/report-text';
import { suspects } from '../../../lib/tools/bench/suspects';
import { targetsOf } from '../../../lib/tools/bench/targets';
import { browserOf, browserRun, reportOf, rowOf } from './report';

afterEach(() => setLanguage('en'));

describe("a report's text", () => {
  const native = rowOf('native', [
    [0.1, 0.2, 0.3, 0.4],
    [0.3, 0.3, 0.3, 0.3],
  ]);

  it('has minimum, median, the medians of the processes, the first and the five', () => {
    const shown = describeReport(reportOf({ rows: [native] }));
    match(shown, /^native +100 +300 +250–300 +1000 +2100 +500 +0\.0600 +0\.9700 +0$/m);
    match(shown, /^Chip <1> × 2, 16 GiB, Linux 6$/m);
    match(shown, /^Node\.js 22\.0\.0$/m);
  });

  it('names the card, where there is one', () => {
    const machine = { ...reportOf({}).machine, card: 'NVIDIA T4' };
    match(describeReport(reportOf({ machine })), /^Chip <1> × 2, 16 GiB, Linux 6, NVIDIA T4$/m);
  });

  it('has the versions of each row, those together that agree', () => {
    const versions = (TensorFlow: string) => ({ versions: { TensorFlow } });
    const rows = [
      rowOf('a', [[1]], versions('2.20.0')),
      rowOf('keras', [[1]], { versions: { Keras: '3.15.0', TensorFlow: '2.19.1' } }),
      rowOf('b', [[1]], versions('2.20.0')),
      rowOf('c', [[1]]),
    ];
    match(
      describeReport(reportOf({ rows, versions: { 'Node.js': '22.0.0', Python: '3.12.1' } })),
      /^Node\.js 22\.0\.0, Python 3\.12\.1\na; b: TensorFlow 2\.20\.0\nkeras: Keras 3\.15\.0, TensorFlow 2\.19\.1\n\n/m,
    );
  });

  it('says what failed, in the row and below', () => {
    const broken = rowOf('torch', [], { trouble: 'it ended\nwith this' });
    const shown = describeReport(reportOf({ rows: [broken], troubles: ['torch: with this'] }));
    match(shown, /^torch +it ended$/m);
    match(shown, /^torch: with this$/m);
  });

  it('says of the lesson too what failed', () => {
    const lesson = [{ name: 'lesson', title: 'kernel', runs: [], trouble: 'it died\nlike this' }];
    match(describeReport(reportOf({ lesson })), /^kernel +it died$/m);
  });

  const browser = browserOf([
    browserRun([0.6, 0.8, 0.7], { cell: 2.5, disturbed: true }),
    browserRun([0.5, 0.5, 0.9], { memory: undefined, settled: undefined }),
  ]);

  it('has the browser: first cell, kernel, Run All, an epoch, memory, transfer, and its version', () => {
    const shown = describeReport(reportOf({ browser: [browser] }));
    match(shown, /^In the browser +first cell s +kernel idle s +Run All s +ms per epoch /m);
    match(shown, /^digits · Chromium +2\.25 +3\.00 +8\.00 +650 +700 +450 +17\.6 +1$/m);
    match(shown, /^digits · Chromium: Chromium 143\.0$/m);
  });

  it('has the browser in Chinese, too', () => {
    setLanguage('zh');
    match(
      describeReport(reportOf({ browser: [browser] })),
      /^在浏览器中 +首个单元格 s +内核就绪 s +运行所有单元格 s +每轮 ms .* 受扰$/m,
    );
  });

  it('says of a browser what failed, and has dashes for memory that cannot be read', () => {
    const failed = browserOf([], { versions: {}, trouble: 'no browser\nanywhere' });
    match(describeReport(reportOf({ browser: [failed] })), /^digits · Chromium +no browser$/m);
    const unread = browserOf([browserRun([0.5], { memory: undefined, settled: undefined })]);
    match(describeReport(reportOf({ browser: [unread] })), / 500 +– +– +17\.6 +0$/m);
  });

  it('says nothing of browsers where the report is from before there was a site', () => {
    doesNotMatch(describeReport(reportOf({ rows: [native] })), /browser/i);
  });

  it('names a peer that trains something else, and no other', () => {
    const others = ['a', 'b', 'c'].map(name => rowOf(name, [[1, 1, 1, 1]]));
    deepEqual(suspects(others), []);
    const wrong = rowOf('wrong', [[1, 1, 1, 1]]);
    const off = {
      ...wrong,
      processes: wrong.processes.map(p => ({ ...p, logs: { ...p.logs, val_accuracy: 0.9 } })),
    };
    const rows = [...others, off];
    match(describeReport(reportOf({ rows })), /^wrong: its validation accuracy differs/m);
    doesNotMatch(describeReport(reportOf({ rows })), /^a: its/m);
  });

  it('is in the language asked for, and says of a quick run that it is one', () => {
    setLanguage('zh');
    match(describeReport(reportOf({ rows: [native], quick: true })), /含验证[\s\S]*快速运行/);
  });
});

describe('the targets', () => {
  const rows = [
    rowOf('native', [[0.2, 0.2, 0.2, 0.2]]),
    rowOf('keras-tf', [[1.2, 1.2, 1.2, 1.2]]),
    rowOf('keras-jax', [[0.2, 0.2, 0.2, 0.2]]),
    rowOf('jax', [[0.1, 0.1, 0.1, 0.1]]),
    rowOf('floor-session', [[0.1, 0.1, 0.1, 0.1]]),
    rowOf('floor-numpy', [[0.05, 0.05, 0.05, 0.05]]),
  ];
  const run = (seconds: number, peak: number) => ({
    seconds,
    kernel: 1,
    foreign: 0,
    disturbed: false,
    peak,
  });
  const lesson = [
    { name: 'lesson', title: '', runs: [run(4, 3e8), run(5, 3e8), run(9, 3e8)] },
    { name: 'lesson-python', title: '', runs: [run(15, 1e9)] },
  ];

  it('are ratios of medians, of what was measured', () => {
    const found = targetsOf({ samples: 60_000, rows, lesson, large: [] });
    deepEqual(
      found.map(({ ratio, reached }) => [Number(ratio.toFixed(6)), reached]),
      [
        [6, true],
        [1, false],
        [Number((1.4 / 1.8).toFixed(6)), false],
        [4, false],
        [3, true],
        [0.3, true],
      ],
    );
  });

  describe('of the browser', () => {
    const native = [rowOf('native', [[0.2, 0.2, 0.2, 0.2]])];
    const targets = (samples: number, ...runs: Parameters<typeof browserRun>[]) =>
      targetsOf({
        ...{ samples, rows: native, lesson: [], large: [] },
        browser: [browserOf(runs.map(run => browserRun(...run)))],
      }).map(({ what, bound, ratio, reached }) => [
        what.en,
        'atMost' in bound && bound.atMost,
        Number(ratio.toFixed(6)),
        reached,
      ]);

    it('are an epoch over the native one, seconds, and megabytes', () => {
      deepEqual(targets(60_000, [[0.6, 0.8, 0.7], { runAll: 12 }], [[0.9, 0.5, 0.7]]), [
        ['epoch: in the browser over native', 5, 3.5, true],
        ['browser: Run All, s', 10, 10, true],
        ['browser: opening to first cell, s', 4, 2, true],
        ['browser: memory of the page, settled, MB', 600, 450, true],
      ]);
      deepEqual(
        targets(60_000, [[1.2], { runAll: 11, cell: 5, settled: 7e8 }]).map(
          ([, , ...rest]) => rest,
        ),
        [
          [6, false],
          [11, false],
          [5, false],
          [700, false],
        ],
      );
    });

    it('leave out the epoch where the rows train on fewer samples, and memory not read', () => {
      deepEqual(
        targets(8_000, [[0.6], { settled: undefined }]).map(([what]) => what),
        ['browser: Run All, s', 'browser: opening to first cell, s'],
      );
    });
  });

  it('leave out what was not measured or failed', () => {
    const failed = rowOf('keras-tf', [[1]], { trouble: 'it ended' });
    deepEqual(
      targetsOf({
        samples: 60_000,
        rows: [rows[0] as (typeof rows)[0], failed],
        lesson: [],
        large: [],
      }),
      [],
    );
  });
});

describe('the growth', () => {
  it('has an exponent for each row and size', () => {
    const point = (name: string, value: number, seconds: number) => ({
      name,
      title: name,
      size: 'units' as const,
      value,
      seconds,
      peak: 100,
    });
    const found = exponentsOf([
      point('a', 32, 1),
      point('a', 64, 2),
      point('b', 32, 1),
      point('b', 64, 4),
    ]);
    deepEqual(
      found.map(({ name, seconds, peak }) => [name, seconds.toFixed(3), peak.toFixed(3)]),
      [
        ['a', '1.000', '0.000'],
        ['b', '2.000', '0.000'],
      ],
    );
  });
});
