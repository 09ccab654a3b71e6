/** The same cells in the installed kernel and in Chromium, with the same outputs. */
import { deepEqual, ok } from 'node:assert/strict';
import { closePages } from '../browser';
import { readText } from '../texts';
import { describeHosts, hosts, themes } from './cells';

after(closePages);
describeHosts(hosts);

describe('Cells', () => {
  it('differ by what the README names alone, at most five things', () => {
    const [, table = ''] = readText('lib/kernel/README.md').split('## Where the kernels differ');
    const titles = Array.from(table.matchAll(/^\| ([^|]+) \|/gm), ([, name = '']) => name).slice(1);
    ok(titles.length <= 5);
    const { differences = [], ...others } = themes;
    deepEqual(
      differences.map(({ title }) => title),
      titles,
    );
    for (const { groups } of Object.values(others).flat())
      for (const [code, shown] of groups.flat()) ok(typeof shown === 'string', code);
  });
});
