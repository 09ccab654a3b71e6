import { ok } from 'node:assert/strict';
import { pollInterrupt } from '../../../lib/kernel/browser/interrupted';
import { withValues } from '../../../lib/tfjs-graph/with-values';

const FAST = 0.001;

describe('a loop in the browser', () => {
  let now = 1000;
  for (const milliseconds of [FAST, 0.3, 1, 2, 4.9, 30]) {
    it(`asks for interrupts within 2 s if a turn takes ${milliseconds} ms, also after a fast loop`, () => {
      let [last, longest] = [now, 0];
      const poll = () => {
        longest = Math.max(longest, now - last);
        last = now;
        return now;
      };
      withValues(performance, { now: poll }, () => {
        let interrupt = pollInterrupt();
        for (let i = 0; i < 200_000; i++) {
          if (--interrupt < 0) interrupt = pollInterrupt();
          now += i % 2117 < 1017 ? FAST : milliseconds;
        }
      });
      ok(longest < 2000, `${longest} ms`);
    });
  }
});
