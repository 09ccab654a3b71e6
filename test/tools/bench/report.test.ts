import { deepEqual, doesNotMatch, match } from 'node:assert/strict';
import {
  describe as describeReport,
  type Measurement,
  outliers,
} from '../../../lib/tools/bench/report';

const row = (name: string, seconds: number[], more: Partial<Measurement> = {}): Measurement => ({
  ...{ group: 'an epoch', name, title: `the ${name}`, seconds, disturbed: 0, versions: {} },
  ...{ losses: [2, 0.06], first: [1], five: [], peak: [5e8] },
  ...more,
});

describe('the report of the benchmark', () => {
  const shown = describeReport([
    row('own', [0.2, 0.1, 0.4], { versions: { A: '1', B: '2' }, five: [1.6], disturbed: 1 }),
    row('peer', [0.5, 0.7], { versions: { A: '1', B: '2' } }),
    row('late', [], { trouble: 'Expected "done" but it ended.\nsome.pyx.BadError: no\nlast line' }),
    row('own', [0.004], { group: 'lstm', note: 'steps of tfjs-layers', peak: [] }),
    row('peer', [0.002], { group: 'lstm' }),
  ]);

  it('has medians, spread, ratios to the first row of a group, first epochs and memory', () => {
    match(shown, /^ms +median +spread +ratio +first +five +peak MB +disturbed$/m);
    match(shown, /^an epoch$/m);
    match(shown, /^ {2}the own +200 +100–400 +1\.00 +1000 +1600 +500 +1$/m);
    match(shown, /^ {2}the peer +600 +500–700 +3\.00 +1000 +– +500 +0$/m);
    match(shown, /^lstm$/m);
    match(shown, /^ {2}the own +4\.00 +4\.00–4\.00 +1\.00 +1000 +– +– +0$/m);
    match(shown, /^ {2}the peer +2\.00 +2\.00–2\.00 +0\.50/m);
  });

  it('has the versions, notes, and why a row has no numbers', () => {
    match(shown, /^the own; the peer: A 1, B 2$/m);
    match(shown, /^ {2}the late +–$/m);
    match(shown, /^the late: no \(an epoch\)$/m);
    match(shown, /^the own: steps of tfjs-layers \(lstm\)$/m);
    doesNotMatch(shown, /its loss differs/);
  });

  it('names a row that trains something else, by the loss after as many epochs', () => {
    const others = ['a', 'b', 'c'].map(name => row(name, [1]));
    const again = row('again', [1], { losses: [2, 0.06, 0.01] });
    const wrong = row('wrong', [1], { losses: [2, 0.2] });
    const nan = row('nan', [1], { losses: [2, Number.NaN] });
    deepEqual(outliers([...others, again, wrong, nan]), [wrong, nan]);
    match(describeReport([...others, wrong]), /^the wrong: its loss differs: .* \(an epoch\)$/m);
  });
});
