import { deepEqual, match, ok, throws } from 'node:assert/strict';
import { chart } from '../../../lib/tools/bench/chart';
import { reportOf, rowOf } from './report';

describe('the chart', () => {
  const rows = [
    rowOf('slow & late', [[2, 2, 2]]),
    rowOf('digits · native', [[0.2, 0.2, 0.2]]),
    rowOf('absent', [], { trouble: 'not on this machine' }),
    rowOf('broken', [[0.1, 0.1]], { trouble: 'it ended in its second turn' }),
    rowOf('barely begun', [[]]),
  ];
  const svg = chart(reportOf({ rows }));

  it('has the rows that trained, the fastest first, with their times', () => {
    const names = [...svg.matchAll(/class="name[^>]*>([^<]*)</g)].map(([, name]) => name);
    deepEqual(names, ['digits · native', 'slow &#38; late']);
    const values = [...svg.matchAll(/class="value"[^>]*>([^<]*)</g)].map(([, value]) => value);
    deepEqual(values, ['200 ms', '2.00 s']);
  });

  it('has bars as long as the times', () => {
    const widths = [...svg.matchAll(/<rect[^>]*width="([\d.]+)"/g)].map(([, w]) => Number(w));
    const [short, long] = widths as [number, number];
    ok(Math.abs(long / short - 10) < 0.01, `${long} / ${short}`);
  });

  it('names the processor and the day, fit for XML', () => {
    match(svg, /Chip &#60;1&#62; × 2 · 2026-01-02/);
  });

  it('says how much an epoch is', () => {
    match(
      svg,
      />训练一轮的用时（48\u202f000 个样本，每批 64 个） · One epoch \(48,000 samples, in batches of 64\)</,
    );
    match(
      chart(reportOf({ rows, samples: 8_001, batch: 32 })),
      /（6401 个样本，每批 32 个） · One epoch \(6,401 samples, in batches of 32\)</,
    );
  });

  it('refuses a report in which nothing trained', () => {
    throws(() => chart(reportOf({ rows: [] })), /Expected rows that trained/);
  });
});
