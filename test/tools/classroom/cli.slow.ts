import { equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { projectRoot } from '../../../lib/tools/project/paths';
import { works } from './hub';

/** Runs `npm run classroom`, which is to fail; returns what it says. */
const complaint = (...args: string[]): Promise<string> => complaintAs([], ...args);

/** Does so behind the words of another command. */
async function complaintAs(words: readonly string[], ...args: string[]): Promise<string> {
  const cli = join(projectRoot, 'lib', 'tools', 'classroom', 'cli.ts');
  const node = [...words, process.execPath, '--import', 'tsx', cli];
  const child = spawn('env', [...node, ...args], {
    cwd: projectRoot,
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '' },
  });
  const [said, [code]] = await Promise.all([textOf(child.stderr), once(child, 'close')]);
  equal(code, 1);
  return said;
}

describe('npm run classroom', () => {
  it('says what its options may be', async () => {
    match(await complaint('--accounts', 'x'), /Expected --accounts shared .* Received: x/);
    match(await complaint('--accounts', 'x', '--lang', 'zh'), /--accounts 只能是 shared.*收到：x/);
    match(await complaint('--port', '80'), /--port to be a whole number from 1024 .* Received: 80/);
    match(await complaint('--port', '65534', '--lang', 'zh'), /--port 应为 .*收到：65534/);
    match(await complaint('--lang', 'fr'), /--lang must be zh or en\. Received: fr/);
    match(
      await complaint('--ports', '9000'),
      /--ports.*\n.*Usage: npm run classroom -- \[--port N\]/,
    );
  });

  it('refuses one password for all where root starts it', async function () {
    const asRoot = process.geteuid?.() === 0 ? [] : ['unshare', '-r'];
    if (!works(asRoot)) {
      console.log('  this machine does not let us be root, so skipped:');
      this.skip();
    }
    const shared = ['--accounts', 'shared'];
    match(await complaintAs(asRoot, ...shared), /cannot be started by root: every .* without sudo/);
    match(
      await complaintAs(asRoot, ...shared, '--lang', 'zh'),
      /不能由 root 启动：.*root 身份.*不用 sudo/,
    );
  });
});
