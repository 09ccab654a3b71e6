import { equal, match } from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';
import { works } from './hub';

/** Runs `npm run classroom`, behind other words, which is to fail; returns what it says. */
async function complaint(args: string, words: readonly string[] = []): Promise<string> {
  const cli = join(projectRoot, 'lib', 'tools', 'classroom', 'cli.ts');
  const node = [...words, process.execPath, '--import', 'tsx', cli];
  const { execa } = await import('execa');
  const { exitCode, stderr } = await execa('env', [...node, ...args.split(' ')], {
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
    const asRoot = process.geteuid?.() === 0 ? [] : ['unshare', '-r'];
    if (!works(asRoot)) {
      console.log('  this machine does not let us be root, so skipped:');
      this.skip();
    }
    const said = await complaint('--accounts shared', asRoot);
    match(said, /cannot be started by root: every .* without sudo/);
  });
});
