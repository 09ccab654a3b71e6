/** The same cells in the installed kernel and in three browsers, which are to show the same. */
import { deepEqual, ok } from 'node:assert/strict';
import { closePages } from '../browser';
import { readText } from '../texts';
import { canShow, hosts, runOn, type Session, shownOn, themes } from './cells';

describe('Cells', () => {
  after(closePages);

  for (const host of hosts) {
    describe(`on ${host.name}`, () => {
      let shown: ReadonlyMap<Session, readonly string[]>;
      before(async function () {
        this.timeout(600_000);
        if (host.missing) {
          console.log(`    skipped: ${host.name} needs ${host.missing}`);
          this.skip();
        }
        shown = await runOn(host);
      });

      for (const [theme, sessions] of Object.entries(themes)) {
        if (!canShow(host, theme)) continue;
        for (const session of sessions) {
          it(`${theme}: ${session.title}`, () => {
            const codes = session.cells.map(([code]) => code);
            deepEqual(
              codes.map((code, i) => [code, shown.get(session)?.[i]]),
              session.cells.map(([code, expected]) => [code, shownOn(host.name, expected)]),
            );
          });
        }
      }
    });
  }

  it('differ by what the README names alone, at most five things', () => {
    const [, table = ''] = readText('lib/kernel/README.md').split('## Where the kernels differ');
    const named = Array.from(table.matchAll(/^\| ([^|]+) \|/gm), ([, name = '']) => name).slice(1);
    ok(named.length <= 5);
    const { differences = [], ...others } = themes;
    deepEqual(
      differences.map(({ title }) => title),
      named,
    );
    for (const { cells } of Object.values(others).flat())
      for (const [code, shown] of cells) ok(typeof shown === 'string', code);
  });
});
