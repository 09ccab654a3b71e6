import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readmeOf, readTable } from '../../../lib/tools/project/marked-table';
import { oldest } from '../../../lib/tools/project/python';
import { countsIn } from '../../../lib/tools/versions/pair';
import {
  majorOf,
  minorOf,
  NODES,
  type Result,
  tableOf,
  withResult,
} from '../../../lib/tools/versions/version-table';

const tests = { passed: 900, failed: 0, skipped: 0 };
const record: Result[] = [
  { node: '24.1.0', python: '3.9.1', lesson: 12, tests, extent: 'all' },
  { node: '24.1.0', python: '3.13.0', tests: { ...tests, failed: 2, skipped: 1 }, extent: 'core' },
  { node: '8.1.0', python: '3.13.0', extent: 'all' },
];

describe('the table of versions', () => {
  it('has a line a Node and a column a Python, in their order', () => {
    deepEqual(tableOf(record, 'en').split('\n'), [
      '|  | Python 3.9.1 | Python 3.13.0 |',
      '| --- | --- | --- |',
      '| Node 8.1.0 | – | lesson failed, tests failed |',
      '| Node 24.1.0 | the lesson, 900 tests | lesson failed, 900 core tests, 2 failed, 1 skipped |',
    ]);
    deepEqual(tableOf(record, 'zh').split('\n').slice(2), [
      '| Node 8.1.0 | – | 课程失败，测试失败 |',
      '| Node 24.1.0 | 课程，900 项测试 | 课程失败，900 项核心测试，2 项失败，1 项跳过 |',
    ]);
  });

  it('keeps the newest result of the same major and minor version', () => {
    const newer: Result = { node: '24.2.0', python: '3.13.4', lesson: 9, tests, extent: 'all' };
    deepEqual(withResult(record, newer), [record[0], record[2], newer]);
  });

  it('takes the counts from the last line of the tests’ own report', () => {
    deepEqual(countsIn('1 passed, 0 failed\nmore\n7 passed, 2 failed, 1 skipped\n'), {
      ...{ passed: 7, failed: 2, skipped: 1 },
    });
    equal(countsIn('2 passing'), undefined);
  });

  for (const language of ['en', 'zh'] as const) {
    it(`in test/README, "${language}", has each Node, both Pythons that matter most, and no failure`, () => {
      const [head = '', , ...rows] = readTable('test', language, 'versions').split('\n');
      const pythons = [...head.matchAll(/Python ([\d.]+)/g)].map(found => minorOf(found[1] ?? ''));
      for (const python of ['3.11', '3.13']) ok(pythons.includes(python), python);
      const nodes = rows.map(row => majorOf(/^\| Node ([\d.]+) \|/.exec(row)?.[1] ?? ''));
      deepEqual(nodes, [...NODES]);
      for (const row of rows) {
        match(row, language === 'en' ? /the lesson, \d+ (core )?tests/ : /课程，\d+ 项(核心)?测试/);
        equal(/failed|失败/.test(row), false, row);
      }

      const promise =
        /^.*Node\.js\]\(.*$/m.exec(readFileSync(readmeOf('.', language), 'utf8'))?.[0] ?? '';
      for (const version of [...NODES, `3.${oldest}`, '3.14']) {
        match(promise, new RegExp(`(?<![\\d.])${version}(?!\\d)`));
      }
    });
  }
});
