import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  foreignTime,
  isDisturbed,
  type MachineTime,
  machineTime,
  undisturbed,
} from '../../../lib/tools/bench/load';

/** A reading of a machine of two cores, `at` seconds after its start. */
const reading = (at: number, busy: number, all = 2 * at): MachineTime => ({
  at,
  busy,
  all,
  cores: 2,
});

describe('foreignTime', () => {
  it('is what the machine was busy beyond what was measured', () => {
    equal(foreignTime(reading(10, 5), reading(11, 6.5), 1), 0.5);
  });

  it('is never negative: ticks are coarser than the time of a process', () => {
    equal(foreignTime(reading(10, 5), reading(11, 5.98), 1), 0);
  });

  it('counts what a virtual machine was not given', () => {
    equal(foreignTime(reading(10, 5), reading(11, 6, 21.5), 1), 0.5);
  });
});

describe('isDisturbed', () => {
  it('lets a share of a core pass, and less than the ticks can tell', () => {
    equal(isDisturbed(0.1, 1), false);
    equal(isDisturbed(0.2, 1), true);
    equal(isDisturbed(0.03, 0.1), false);
    equal(isDisturbed(0.05, 0.1), true);
  });
});

describe('undisturbed', () => {
  /** Takes measurements that are disturbed until the nth. */
  const measuredUntil = async (nth: number, retries: number) => {
    const tries: number[] = [];
    const measured = await undisturbed(async again => {
      tries.push(again);
      return { disturbed: again < nth };
    }, retries);
    return [measured.disturbed, tries];
  };

  it('measures again until nobody disturbs', async () => {
    deepEqual(await measuredUntil(0, 3), [false, [0]]);
    deepEqual(await measuredUntil(2, 3), [false, [0, 1, 2]]);
  });

  it('keeps the last one where all were disturbed', async () => {
    deepEqual(await measuredUntil(9, 2), [true, [0, 1, 2]]);
    deepEqual(await measuredUntil(9, 0), [true, [0]]);
  });
});

describe('machineTime', () => {
  it('counts the work of this process, on the machine at hand', function () {
    // Some sandboxes count nothing.
    if (machineTime().all === 0) this.skip();
    const before = machineTime();
    const began = process.cpuUsage();
    const own = () => {
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1e6;
    };
    while (own() < 0.3);
    const after = machineTime();
    ok(after.busy - before.busy > 0.15, `${after.busy - before.busy} s`);
    ok(foreignTime(before, after, 0) >= foreignTime(before, after, own()));
  });
});
