import { ok } from 'node:assert/strict';
import { pollInterrupt } from '../../../lib/kernel/browser/interrupted';
import { withValues } from '../../../lib/tfjs-graph/with-values';

const FAST = 0.001;

describe('a loop in the browser', () => {
  let now = 1000;
  for (const milliseconds of [FAST, 0.3, 1, 2, 4.9, 30]) {
    it(`asks for interrupts within 2 s if a turn takes ${milliseconds} ms, also after a fast loop`, () => {
      let [lastCall, longest] = [now, 0];
      const clock = () => {
        longest = Math.max(longest, now - lastCall);
        lastCall = now;
        return now;
      };
      withValues(performance, { now: clock }, () => {
        let iterations = pollInterrupt();
        for (let i = 0; i < 200_000; i++) {
          if (--iterations < 0) iterations = pollInterrupt();
          now += i % 2117 < 1017 ? FAST : milliseconds;
        }
      });
      ok(longest < 2000, `${longest} ms`);
    });
  }
});
