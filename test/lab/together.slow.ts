/** Several `npm start` at once on one machine. */
import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readText } from '../../lib/command/machine/files';
import { jupyterFolder } from '../../lib/lab/jupyter/jupyter';
import { ownPort } from '../own';
import { NpmStart } from './npm-start';

describe('several starts at once', () => {
  const started: NpmStart[] = [];
  afterEach(() => {
    for (const command of started.splice(0)) command.killAll();
  });
  const start = (args: string[], env?: NodeJS.ProcessEnv) => {
    const opened = new NpmStart(['--no-browser', ...args], { terminal: false, env });
    started.push(opened);
    return opened;
  };

  it('of three in one clone, each has a port and a token of its own; one browser works with all', async () => {
    rmSync(join(jupyterFolder, 'cookie_secret'), { force: true }); // as at their very first
    const port = `${await ownPort()}`;
    const opened = [1, 2, 3].map(() => start(['--port', port]));
    const urls = await Promise.all(opened.map(server => server.ready()));
    equal(new Set(urls.map(url => url.port)).size, 3);
    equal(urls.filter(url => url.port === port).length, 1);
    const redirected = opened.filter(server =>
      server.output.includes(`Port ${port} is taken; using `),
    );
    equal(redirected.length, 2);

    // A browser sends cookies to every port of this machine.
    const cookies = new Map<string, string>();
    const ask = async (url: URL, init: RequestInit = {}) => {
      const Cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
      const headers = { Cookie, 'X-XSRFToken': cookies.get('_xsrf') ?? '' };
      const answer = await fetch(url, { headers, redirect: 'manual', ...init });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      return answer.status;
    };
    for (const url of urls) equal(await ask(url), 200);
    for (const url of urls) {
      equal(await ask(new URL(url.pathname, url)), 200);
      const kernels = new URL('/api/kernels', url);
      equal(await ask(kernels, { method: 'POST', body: '{"name":"tslab"}' }), 201);
    }

    for (const server of opened) await server.signal('SIGTERM', 'group');
    for (const server of opened) {
      await server.ended;
      doesNotMatch(server.output, /Traceback|unexpected|digits-port/);
      deepEqual(await server.leaves(6_000), []);
    }
  });

  it('say so when no port is free, or only the administrator may have it', async function () {
    const last = createServer();
    await new Promise<void>(settle => last.listen(65_535, '127.0.0.1', settle));
    try {
      const opened = start(['--port', '65535', '--lang', 'zh']);
      equal(await opened.ended, 1);
      match(opened.output, /✖ 从 65535 起没有空闲端口/);
      doesNotMatch(opened.output, /Traceback|^\s+at /m);
    } finally {
      last.close();
    }
    if (readText('/proc/sys/net/ipv4/ip_unprivileged_port_start') !== '1024\n') this.skip();
    const capability = 'net_bind_service'; // which root has
    const alone = ['setpriv', `--bounding-set=-${capability}`, `--inh-caps=-${capability}`];
    const command = [process.execPath, 'lib/command/run.cjs', 'start', '--port', '1'];
    const [program = '', ...args] = [...(process.getuid?.() === 0 ? alone : []), ...command];
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    equal(status, 1);
    match(stderr, /✖ .*1024[^\n]*\n$/);
  });
});
