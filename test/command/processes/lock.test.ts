import { equal } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../../lib/command/processes/lock.mjs';
import { temporaryFolder } from '../../folder';

describe('a lock', () => {
  it('of a process that has ended is taken over, also if the clock went back', async () => {
    const file = join(temporaryFolder(), 'lock');
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const hours of [-1, 1]) {
      writeFileSync(file, String(pid));
      const time = Date.now() / 1000 + 3600 * hours;
      utimesSync(file, time, time);
      equal(await withLock(file, async () => hours), hours);
    }
  });
});
