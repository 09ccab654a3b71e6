import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasDisplay } from '../../../lib/tools/lab/open';
import { projectRoot } from '../../../lib/tools/project/paths';
import { ownPort } from '../../own';
import { killGroup, Project, until } from '../setup/support';

/** Programs that run with this text among their arguments. */
function processesWith(text: string): Promise<string> {
  return new Promise(settle => {
    const child = spawn('ps', ['-eo', 'args', '-ww']);
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.on('close', () =>
      settle(
        output
          .split('\n')
          .filter(line => line.includes(text))
          .join('\n'),
      ),
    );
  });
}

describe('npm start', function () {
  this.timeout(120_000);

  const folder = mkdtempSync(join(tmpdir(), 'digits-lab-'));
  const started: ChildProcess[] = [];
  const tokens = new Set<string>();
  after(() => {
    for (const { pid, exitCode } of started) if (pid && exitCode === null) killGroup(pid);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts it on this project itself and waits for its address. */
  async function open(args: string[], env: Record<string, string> = {}) {
    const script = join(projectRoot, 'lib', 'tools', 'bootstrap.mjs');
    const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION, SSH_TTY, ...rest } = process.env;
    const child = spawn(process.execPath, [script, 'start', ...args], {
      cwd: projectRoot,
      env: { ...rest, LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => {
        output += text;
      });
    }
    const ended = new Promise<number | null>(settle => child.on('close', settle));
    await Promise.race([until(() => /Ctrl\+C/.test(output)), ended]);
    const address = /http:\S+\?token=\S+/.exec(output)?.[0];
    ok(address, output);
    const url = new URL(address);
    const token = url.searchParams.get('token') ?? '';
    match(token, /^[0-9a-f]{48}$/);
    ok(!tokens.has(token), 'the token is new at each start');
    tokens.add(token);
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(new URL(path, url), {
        ...init,
        headers: { Authorization: `token ${token}` },
      });
    return { child, ended, url, ask, output: () => output };
  }

  it('opens the lesson on 127.0.0.1, with its token kept, and leaves nothing behind', async () => {
    const port = await ownPort();
    const lab = await open(['--port', String(port), '--lang', 'zh']);
    equal(lab.url.origin, `http://127.0.0.1:${port}`);
    equal(lab.url.pathname, '/lab/tree/notebooks/lesson.zh.ipynb');
    match(lab.output(), /课程地址：http/);
    match(lab.output(), /没有图形界面：.*npm run lesson/);

    equal((await lab.ask(lab.url.pathname)).status, 200);
    equal((await fetch(new URL('/api/contents', lab.url))).status, 403);
    if (existsSync('/proc/net/tcp')) {
      const hex = port.toString(16).toUpperCase().padStart(4, '0');
      const listening = readFileSync('/proc/net/tcp', 'utf8').match(
        RegExp(`\\w{8}:${hex} 0{8}:0000 0A`, 'g'),
      );
      deepEqual(listening, [`0100007F:${hex} 00000000:0000 0A`]);
    }

    const settings = async (id: string) =>
      (await (await lab.ask(`/lab/api/settings/${id}`)).json()).schema.properties;
    const news = await settings('@jupyterlab/apputils-extension:notification');
    equal(news.fetchNews.default, 'false');
    equal(news.checkForUpdates.default, false);
    const translation = await settings('@jupyterlab/translation-extension:plugin');
    equal(translation.locale.default, 'zh_CN');
    const pack = (await (await lab.ask('/lab/api/translations/zh_CN')).json()).data;
    ok(Object.keys(pack).includes('jupyterlab'), 'JupyterLab’s own words in Chinese');

    const kernel = await lab.ask('/api/kernels', { method: 'POST', body: '{"name":"tslab"}' });
    equal(kernel.status, 201);
    const { id } = await kernel.json();
    ok(await processesWith(`kernel-${id}`), 'the kernel runs');

    process.kill(-(lab.child.pid ?? 0), 'SIGINT'); // as the terminal does at Ctrl+C
    equal(await lab.ended, 0);
    equal(await processesWith(`--ServerApp.port=${port}`), '');
    equal(await processesWith(`kernel-${id}`), '');
  });

  it('moves on from a taken port and says so; even when killed it leaves no server', async function () {
    const port = await ownPort();
    const other: Server = createServer();
    await new Promise<void>(settle => other.listen(port, '127.0.0.1', settle));
    try {
      const lab = await open(['--port', String(port), '--no-browser']);
      match(lab.output(), new RegExp(`Port ${port} is taken; using ${lab.url.port}\\.`));
      ok(Number(lab.url.port) > port);
      match(lab.output(), /There is no display here: .* npm run lesson/);
      equal(lab.url.pathname, '/lab/tree/notebooks/lesson.en.ipynb');
      if (!existsSync('/usr/bin/setpriv')) this.skip();
      process.kill(lab.child.pid ?? 0, 'SIGKILL');
      while (await processesWith(`--ServerApp.port=${lab.url.port}`))
        await new Promise(r => setTimeout(r, 50));
    } finally {
      other.close();
    }
  });

  it('opens the browser where there is a display, at the stage asked for', async () => {
    const seen = join(folder, 'seen');
    const project = new Project();
    const browser = project.program(
      'browser',
      `require('node:fs').writeFileSync(${JSON.stringify(seen)}, process.argv[2])`,
    );
    const port = String(await ownPort());
    const lab = await open(['--port', port, '--stage', '8'], {
      DISPLAY: ':99',
      BROWSER: `${browser} %s`,
    });
    await until(() => existsSync(seen) && readFileSync(seen, 'utf8') !== '');
    const opened = new URL(readFileSync(seen, 'utf8'));
    equal(opened.origin, `http://127.0.0.1:${port}`);
    equal(opened.pathname, '/lab/tree/notebooks/lesson.en.ipynb');
    equal(opened.hash, '#cell-id=stage-8');
    equal(lab.url.hash, opened.hash);
    equal(lab.output().includes('no display'), false);
    process.kill(lab.child.pid ?? 0, 'SIGTERM');
    equal(await lab.ended, 0);
    project.remove();
  });
});

describe('hasDisplay', () => {
  it('is false on Linux without DISPLAY and WAYLAND_DISPLAY, and over SSH', () => {
    equal(hasDisplay({}, 'linux'), false);
    equal(hasDisplay({ DISPLAY: ':0' }, 'linux'), true);
    equal(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux'), true);
    equal(hasDisplay({ DISPLAY: ':10', SSH_CONNECTION: 'a b' }, 'linux'), false);
    equal(hasDisplay({}, 'darwin'), true);
    equal(hasDisplay({ SSH_TTY: '/dev/pts/0' }, 'darwin'), false);
  });
});
