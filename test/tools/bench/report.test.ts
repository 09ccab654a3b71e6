import { deepEqual, match } from 'node:assert/strict';
import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { Measurement, outliers, report } from '../../../lib/tools/bench/report';

const row = (name: string, seconds: number[], more: Partial<Measurement> = {}): Measurement =>
  Object.assign(new Measurement('an epoch', name, `the ${name}`), {
    ...{ seconds, losses: [2, 0.06], first: [1], peak: [5e8] },
    ...more,
  });

function shownOf(rows: readonly Measurement[]): string {
  const out = new PassThrough();
  report(rows, new Console(out));
  return String(out.read()).replace(/ +│/g, ' │');
}

describe('the report of the benchmark', () => {
  it('has medians, extremes, ratios to the first row of a group, versions, and why a row lacks numbers', () => {
    const shown = shownOf([
      row('own', [0.2, 0.1, 0.4], { versions: { A: '1', B: '2' }, five: [1.6] }),
      row('peer', [0.5, 0.7], { versions: { A: '1', B: '2' } }),
      row('late', [], {
        trouble: 'Expected "done" but it ended.\nsome.pyx.BadError: no\nlast line',
      }),
      row('own', [0.004], { group: 'lstm', peak: [] }),
    ]);
    match(shown, /^an epoch$/m);
    match(shown, /│ ms │ least │ most │ ratio │ first │ five │ peak MB │$/m);
    match(shown, /^│ the own │ 200 │ 100 │ 400 │ 1 │ 1000 │ 1600 │ 500 │$/m);
    match(shown, /^│ the peer │ 600 │ 500 │ 700 │ 3 │ 1000 │ │ 500 │$/m);
    match(shown, /^│ the late │ │ │ │ │ │ │ │$/m);
    match(shown, /^lstm$\n^.*\n^.*\n^.*\n^│ the own │ 4 │ 4 │ 4 │ 1 │ 1000 │ │ │$/m);
    match(shown, /^A 1, B 2 \(the own; the peer\)$/m);
    match(shown, /^the late: no \(an epoch\)$/m);
  });

  it('names a row that trains something else, by the loss after as many epochs', () => {
    const others = ['a', 'b', 'c'].map(name => row(name, [1]));
    const more = row('more', [1], { losses: [2, 0.06, 0.01] });
    const wrong = row('wrong', [1], { losses: [2, 0.2] });
    const nan = row('nan', [1], { losses: [2, Number.NaN] });
    deepEqual(outliers([...others, more, wrong, nan]), [wrong, nan]);
    match(shownOf([...others, wrong]), /^the wrong: its loss differs: .* \(an epoch\)$/m);
  });
});
