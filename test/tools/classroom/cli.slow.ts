import { equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { prepare } from '../../../lib/tools/classroom/prepare';
import { projectRoot } from '../../../lib/tools/project/paths';
import { ownPort } from '../../own';

/** Runs `npm run classroom`, which is to fail; returns what it says. */
async function complaint(...args: string[]): Promise<string> {
  const cli = join(projectRoot, 'lib', 'tools', 'classroom', 'cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    cwd: projectRoot,
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '' },
  });
  const [said, [code]] = await Promise.all([textOf(child.stderr), once(child, 'close')]);
  equal(code, 1);
  return said;
}

describe('npm run classroom', function () {
  // It waits where another test installs something.
  this.timeout(300_000);

  it('says what its options may be', async () => {
    match(await complaint('--accounts', 'x'), /Expected --accounts shared .* Received: x/);
    match(await complaint('--accounts', 'x', '--lang', 'zh'), /--accounts 只能是 shared.*收到：x/);
    match(await complaint('--port', '80'), /--port to be a whole number from 1024 .* Received: 80/);
    match(await complaint('--port', '65534', '--lang', 'zh'), /--port 应为 .*收到：65534/);
    match(await complaint('--lang', 'fr'), /Expected --lang zh or --lang en\. Received: fr/);
    match(
      await complaint('--ports', '9000'),
      /--ports.*\n.*Usage: npm run classroom -- \[--port N\]/,
    );
  });

  it('names the port that is taken, of the three that it needs', async () => {
    await prepare('en');
    const port = await ownPort();
    const other = createServer().listen(port + 1, '127.0.0.1');
    await once(other, 'listening');
    try {
      const asked = ['--port', String(port), '--folder', join(tmpdir(), 'digits-no-classroom')];
      const said = await complaint(...asked);
      match(
        said,
        new RegExp(`Port ${port + 1} is taken: .* ${port}, ${port + 1} and ${port + 2}\\.`),
      );
      match(await complaint(...asked, '--lang', 'zh'), new RegExp(`端口 ${port + 1} 已被占用`));
    } finally {
      other.close();
      rmSync(join(tmpdir(), 'digits-no-classroom'), { recursive: true, force: true });
    }
  });

  it('says so where JupyterHub ends by itself, here at a password that is too short', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'digits-classroom-'));
    mkdirSync(join(folder, 'hub'));
    writeFileSync(join(folder, 'hub', 'password'), 'short');
    try {
      const port = String(await ownPort());
      const args = ['--port', port, '--folder', folder, '--accounts', 'shared'];
      const said = await complaint(...args);
      match(said, /user_password must be at least 8 characters long/);
      match(said, /JupyterHub stopped unexpectedly \(exit code 1\); see its messages above\./);
      match(await complaint(...args, '--lang', 'zh'), /JupyterHub 意外退出（退出码 1）/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
