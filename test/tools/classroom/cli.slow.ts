import { equal, match } from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';

/** Runs `npm run classroom`, which is to fail; returns what it says. */
async function complaint(args: string): Promise<string> {
  const cli = join(projectRoot, 'lib', 'tools', 'classroom', 'cli.ts');
  const { execa } = await import('execa');
  const { exitCode, stderr } = await execa('node', ['--import', 'tsx', cli, ...args.split(' ')], {
    cwd: projectRoot,
    env: { LANG: 'C.UTF-8', LC_ALL: '' },
    reject: false,
  });
  equal(exitCode, 1);
  return stderr;
}

describe('npm run classroom', () => {
  it('says what its options may be', async () => {
    match(await complaint('--accounts x'), /Expected --accounts shared .* Received: x/);
    match(await complaint('--accounts x --lang zh'), /--accounts 只能是 shared.*收到：x/);
    match(await complaint('--port 80'), /--port to be a whole number from 1024 .* Received: 80/);
    match(await complaint('--lang fr'), /--lang must be zh or en\. Received: fr/);
    match(await complaint('--ports 9000'), /--ports.*\n.*Usage: npm run classroom -- \[--port N\]/);
  });

  it('refuses one password for all where root starts it', async function () {
    if (process.geteuid?.() !== 0) this.skip();
    match(await complaint('--accounts shared'), /cannot be started by root: every .* without sudo/);
  });
});
