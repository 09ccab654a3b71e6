import { equal, ok } from 'node:assert/strict';
import { foreignTime, isDisturbed, type MachineTime, machineTime } from '../../lib/bench/load';

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

describe('machineTime', () => {
  it('counts the work of this process, on the machine at hand', () => {
    const before = machineTime();
    const own = process.cpuUsage();
    while (performance.now() / 1000 - before.at < 0.3);
    const after = machineTime();
    const { user, system } = process.cpuUsage(own);
    ok(after.busy - before.busy > 0.15, `${after.busy - before.busy} s`);
    ok(foreignTime(before, after, 0) >= foreignTime(before, after, (user + system) / 1e6));
  });
});
