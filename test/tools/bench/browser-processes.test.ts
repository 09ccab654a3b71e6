import { equal } from 'node:assert/strict';
import { privateBytes } from '../../../lib/tools/bench/browser-processes';

describe("a process's private memory", () => {
  it('is its clean and its dirty pages that no other has', () => {
    const rollup = [
      '55d0c0de0000-7ffd5ca7b000 ---p 00000000 00:00 0                          [rollup]',
      'Rss:              300000 kB',
      'Shared_Clean:     100000 kB',
      'Shared_Dirty:       5000 kB',
      'Private_Clean:       200 kB',
      'Private_Dirty:    194800 kB',
      'Private_Hugetlb:       0 kB',
    ];
    equal(privateBytes(rollup.join('\n')), 195_000 * 1024);
  });

  it('is undefined where the system does not tell', () => {
    equal(privateBytes('Rss:              300000 kB\n'), undefined);
  });
});
