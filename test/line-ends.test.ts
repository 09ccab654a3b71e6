/** A clone has the same line ends on every system, with all settings of git. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../lib/command/machine/paths';

it('git ends all lines by a line feed, and leaves pictures as they are', function () {
  // A copy without git's own folder, such as a download of the repository.
  if (!existsSync(join(projectRoot, '.git'))) this.skip();
  const list = ['-c', 'safe.directory=*', '-C', projectRoot, 'ls-files', '--eol'];
  const entries = execFileSync('git', list, { encoding: 'utf8' }).trim().split('\n');
  assert.ok(entries.length > 500);
  const plain = /^i\/(lf|none) .* attr\/text=auto eol=lf/;
  const pictures = /^i\/-text .* attr\/-text.*\.png$/;
  assert.deepEqual(
    entries.filter(entry => !plain.test(entry) && !pictures.test(entry)),
    [],
  );
});
