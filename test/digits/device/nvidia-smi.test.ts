import { deepEqual, equal } from 'node:assert/strict';
import { heldBy, memoryOfCards } from './nvidia-smi';

describe('the tables of nvidia-smi', () => {
  it('tell what a process holds, on all cards together', () => {
    const apps = '1234, 512\n98, 70000\n1234, 446\n';
    equal(heldBy(1234, apps), 958);
    equal(heldBy(98, apps), 70000);
  });

  it('may not tell it', () => {
    equal(heldBy(12, '1234, 512\n'), undefined);
    equal(heldBy(1234, ''), undefined);
    equal(heldBy(1234, '1234, [N/A]\n'), undefined);
    equal(heldBy(1234, 'No running processes found\n'), undefined);
  });

  it('tell what the cards have', () => {
    deepEqual(memoryOfCards('4, 81559\n'), { used: 4, total: 81559 });
    deepEqual(memoryOfCards('100, 24564\n250, 24564\n'), { used: 350, total: 49128 });
  });
});
