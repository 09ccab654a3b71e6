import { deepEqual, equal } from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { singleUser } from './single-user';

/** Asks as a learner's server does when it starts. */
function holdsSockets(folder: string): boolean {
  const program = `import sys, singleuser
print(singleuser.holds_sockets(singleuser.Path(sys.argv[1])))`;
  return singleUser('-c', program, folder) === 'True\n';
}

describe('the folder of a learner’s kernels', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'digits-sockets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds their sockets, and is made where it is missing', () => {
    const own = join(folder, 'run', '小明');
    equal(holdsSockets(own), true);
    deepEqual(readdirSync(own), []);
    equal(holdsSockets(own), true);
  });

  it('cannot where its path is too long for a socket’s address', () => {
    equal(holdsSockets(join(folder, 'x'.repeat(80))), false);
  });

  it('cannot where it cannot be made or written to', () => {
    writeFileSync(join(folder, 'file'), '');
    equal(holdsSockets(join(folder, 'file')), false);
    equal(holdsSockets(join(folder, 'file', 'below')), false);
    equal(holdsSockets('/proc/self/closed'), false);
  });
});
