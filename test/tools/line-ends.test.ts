/** A clone has the same lines on every system, whatever its git is told. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';
import { temporaryFolder } from '../folder';

describe('a clone', function () {
  this.timeout(60_000);
  let clone: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'safe.directory=*', ...args], { encoding: 'utf8' });

  before(function () {
    // A copy without git's own folder, such as a download of the repository, has nothing to clone.
    if (!existsSync(join(projectRoot, '.git'))) this.skip();
    clone = temporaryFolder();
    const options = ['-q', '--no-local', '--depth=1', '--config', 'core.autocrlf=true'];
    git('clone', ...options, projectRoot, clone);
  });

  it('by a git that is to end lines as Windows does, ends them as they are here', () => {
    const entries = git('-C', clone, 'ls-files', '--eol').trim().split('\n');
    assert.ok(entries.length > 500);
    const plain = /^i\/(lf|none) +w\/(lf|none) +attr\/text=auto eol=lf/;
    const pictures = /^i\/-text +w\/-text +attr\/-text.*\.png$/;
    assert.deepEqual(
      entries.filter(entry => !plain.test(entry) && !pictures.test(entry)),
      [],
    );
    assert.equal(git('-C', clone, 'status', '--porcelain'), '');
  });
});
