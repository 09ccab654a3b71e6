import { equal, ok } from 'node:assert/strict';
import { isDisturbed, machineTime } from '../../../lib/tools/bench/load';

describe('a measurement is disturbed', () => {
  /** A second on a machine of two cores, busy for so long in sum. */
  const within = (busy: number, own: number, all = 2) =>
    isDisturbed(
      { at: 10, busy: 5, all: 20, cores: 2 },
      { at: 11, busy: 5 + busy, all: 20 + all, cores: 2 },
      own,
    );

  it('if others were busy for more than a share of it', () => {
    equal(within(1.1, 1), false);
    equal(within(1.2, 1), true);
    equal(within(0.5, 1), false, 'ticks are coarser than the time of a process');
  });

  it('if the machine was not given all of its time', () => equal(within(1, 1, 1.5), true));

  it('by the times of the machine at hand', function () {
    // Some sandboxes count nothing.
    if (machineTime().all === 0) this.skip();
    const before = machineTime();
    const began = process.cpuUsage();
    while (process.cpuUsage(began).user < 300_000);
    ok(isDisturbed(before, machineTime(), 0));
  });
});
