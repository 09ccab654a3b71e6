import { deepEqual } from 'node:assert/strict';
import { multiplexTimers } from '../../../lib/kernel/compiler/multiplex-timers';

describe('multiplexTimers', () => {
  it('fires all by the one that the host has room for, those too that one of them sets', () => {
    const fired: string[] = [];
    const slots: (() => void)[] = [];
    const host = multiplexTimers({
      setTimeout: (callback: () => void, _ms: number): unknown => slots.push(callback),
      clearTimeout: (_timer: unknown) => {},
    });
    const update = () => fired.push('update');
    host.setTimeout(() => {
      fired.push('look again');
      host.clearTimeout(update);
      host.setTimeout(update, 0);
    }, 0);
    host.setTimeout(update, 0);
    deepEqual(slots.length, 1);
    slots[0]?.();
    deepEqual(fired, ['look again', 'update']);
    host.setTimeout(update, 0);
    deepEqual(slots.length, 2);
  });
});
