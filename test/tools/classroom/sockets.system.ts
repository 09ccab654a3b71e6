import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';

/** Asks as a learner's server does when it starts. */
function holdsSockets(folder: string): boolean {
  const program = `import sys, singleuser
print(singleuser.holds_sockets(singleuser.Path(sys.argv[1])))`;
  const env = {
    ...process.env,
    PYTHONPATH: join(projectRoot, 'lib', 'tools', 'classroom'),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const python = pythonEnvironment().program('python');
  return execFileSync(python, ['-c', program, folder], { env, encoding: 'utf8' }) === 'True\n';
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
