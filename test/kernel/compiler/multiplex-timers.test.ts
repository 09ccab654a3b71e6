import { deepEqual, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { multiplexTimers } from '../../../lib/kernel/compiler/multiplex-timers';

describe('the compiler', () => {
  it('goes on where files appear in which a cell looked for an import in vain', async function () {
    this.timeout(60_000);
    const program = join(__dirname, 'watched.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
      timeout: 50_000,
    });
    match(stdout, /^true\n.*\b1 \+ 1;.*\b1 \+ 2;\n/s);
  });
});

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
