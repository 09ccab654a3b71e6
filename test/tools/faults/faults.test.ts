import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCounts, writeCount } from '../../../lib/tools/faults/counts';
import { tableOf } from '../../../lib/tools/faults/fault-table';
import { parted, readTable } from '../../../lib/tools/project/marked-table';
import { projectRoot } from '../../../lib/tools/project/paths';

interface Fault {
  readonly en: string;
  readonly zh: string;
  /** How often it is tried, where the source says so by a number. */
  readonly times: number | undefined;
}

/** What the tests' sources name as faults, by the calls of `survive`. */
function faultsInTests(): Fault[] {
  const folder = join(projectRoot, 'test');
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(name =>
    /\.(test|system|slow|alone)\.ts$/.test(name),
  );
  const literal = (name: string) => `${name}:\\s*(?:'([^']*)'|"([^"]*)")`;
  const call = new RegExp(
    `survive\\(\\s*'\\w+',\\s*\\{\\s*${literal('en')},\\s*${literal('zh')},?\\s*\\},\\s*(?:(\\d+),)?`,
    'g',
  );
  return files.flatMap(file =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(call)].map(found => ({
      en: found[1] ?? found[2] ?? '',
      zh: found[3] ?? found[4] ?? '',
      times: found[5] ? Number(found[5]) : undefined,
    })),
  );
}

describe('the table of faults', () => {
  it('has a line a fault, by part, in each language', () => {
    const counts = [
      { part: 'setup', en: 'no network', zh: '没有网络', tried: 2, survived: 2 },
      { part: 'data', en: 'mutated', zh: '变异', tried: 100000, survived: 99999 },
    ] as const;
    deepEqual(tableOf(counts, 'en').split('\n').slice(2), [
      '| Data: mutated | 100,000 | 99,999 |',
      '| Set-up: no network | 2 | 2 |',
    ]);
    deepEqual(tableOf(counts, 'zh').split('\n').slice(2), [
      '| 数据：变异 | 100\u202f000 | 99\u202f999 |',
      '| 安装：没有网络 | 2 | 2 |',
    ]);
    throws(() => parted('no marks', 'faults'), /Expected <!-- faults --> before/);
  });

  it('is of the newest count of each fault, in one order', () => {
    const folder = mkdtempSync(join(tmpdir(), 'digits-faults-'));
    try {
      deepEqual(readCounts(join(folder, 'nowhere')), []);
      const network = {
        part: 'setup',
        en: 'no network',
        zh: '没有网络',
        tried: 2,
        survived: 2,
      } as const;
      const disk = {
        part: 'data',
        en: 'a full disk',
        zh: '磁盘已满',
        tried: 20,
        survived: 20,
      } as const;
      for (const count of [{ ...network, survived: 1 }, disk, network]) writeCount(count, folder);
      deepEqual(readCounts(folder), [disk, network]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const language of ['en', 'zh'] as const) {
    it(`stands in test/README, ${language}, with every fault that the tests try, and none else`, () => {
      const rows = readTable('test', language, 'faults').split('\n').slice(2);
      const named = rows.map(row => row.split(' | ')[0]?.replace(/^\| [^:：]*(: |：)/, '') ?? '');
      deepEqual(named.sort(), [...new Set(faultsInTests().map(fault => fault[language]))].sort());
      const faults = faultsInTests();
      ok(faults.filter(({ times }) => times).length > 20);
      for (const row of rows) {
        match(row, / \| [\d,\u202f]+ \| [\d,\u202f]+ \|$/);
        const [name, tried, survived] = row.replace(/ \|$/, '').split(' | ');
        equal(survived, tried, row);
        const times = faults.find(fault => name?.endsWith(fault[language]))?.times;
        if (times) equal(Number(tried?.replace(/[,\u202f]/g, '')), times, row);
      }
    });
  }
});
