/** The output of a failing test. */
import { doesNotMatch, match, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageFolder, projectRoot } from '../lib/command/machine/paths';
import { put, temporaryFolder } from './folder';

const TESTS = `
import assert, { match } from 'node:assert/strict';
it('a number', () => assert.equal(3, 4, 'of eggs'));
it('a text', () => match('our text', /their pattern/, 'on page 1'));
it('a truth', () => assert.ok(3 > 4));
it('an error', () => { throw new Error('no disk'); });
it('the last', () => {});
`;

describe('a failing test', () => {
  it('prints both values at once, and the first line of its reason at the end', () => {
    const folder = temporaryFolder();
    put(folder, [['some.test.ts', TESTS]]);
    const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
    const flags = '--no-config -n import=tsx -r test/assertions.ts -R test/reporter.ts --parallel';
    const args = [mocha, ...flags.split(' '), join(folder, '*.ts')];
    const options = { cwd: projectRoot, encoding: 'utf8' } as const;
    const { stdout } = spawnSync(process.execPath, args, options);
    const [shown = '', summary = ''] = stdout.split('4 failing');
    const reasons = [
      /of eggs: expected 4 but received 3/,
      /on page 1: expected a match of \/their pattern\/ but received 'our text'/,
      /assert\.ok\(3 > 4\)/,
      /no disk/,
    ];
    for (const reason of reasons) {
      match(shown.split('the last')[0] ?? '', reason);
      match(summary, reason);
    }
    ok(summary.includes('some.test.ts: a number\n'), summary);
    doesNotMatch(stdout, /[-+](true|false)/);
  });
});
