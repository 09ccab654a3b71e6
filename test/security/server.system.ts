/**
 * Only requests with the token, from this machine, reach the server of `npm start`, though the
 * learner's own Jupyter, or the administrator's, is set to let anybody in.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parse } from 'yaml';
import { sha256 } from '../../lib/command/machine/files';
import { projectRoot, pythonEnvironment } from '../../lib/command/machine/paths';
import { labCommand } from '../../lib/lab/open';
import { LabServer } from '../../lib/lab/server';
import { put, temporaryFolder } from '../folder';
import { NpmStart } from '../lab/npm-start';
import { ownPort } from '../own';
import { commandOf, listeningAt, processesWith } from '../processes';
import { readText } from '../texts';
import { assertShut, skipWithoutAccounts } from './doors';

const PASSWORD = 'open sesame';

/** Creates the folder of a learner with a Jupyter that admits everybody. */
function wideOpen(): { home: string; env: Record<string, string> } {
  const home = temporaryFolder();
  const { files, env } = parse(
    readText('test/security/wide-open.yml').replaceAll('HOME/', `${home}/`),
  );
  put(home, Object.entries<string>(files));
  return { home, env: { ...env, HOME: home } };
}

describe('the server of npm start', function () {
  this.timeout(200_000);
  let server: NpmStart;
  let port: number;
  let token: string;
  let kernel: string;

  /** Asks as anybody on this machine could, headers as they like. */
  async function ask(
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
    body = '',
  ): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
    const message = request({ host: '127.0.0.1', port, path, method, headers }).end(body);
    const answers = ['response', 'upgrade'].map(event => once(message, event));
    const [response, socket] = (await Promise.race(answers)) as [IncomingMessage, Socket?];
    socket?.destroy();
    const { statusCode: status = 0, headers: answer } = response;
    return { status, headers: answer, body: socket ? '' : await textOf(response) };
  }

  async function cookiesOf(path: string): Promise<string> {
    const cookies = (await ask(path)).headers['set-cookie'] ?? [];
    return cookies.map(cookie => cookie.split(';')[0]).join('; ');
  }

  /** Our port of 127.0.0.1 in Linux's notation. */
  const onThisMachine = () => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const withToken = () => ({ Authorization: `token ${token}` });
  const channels = () => `/api/kernels/${kernel}/channels`;
  const upgrade = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': Buffer.from('sixteen bytes ok').toString('base64'),
  };

  before(async () => {
    port = await ownPort();
    const { env } = wideOpen();
    server = new NpmStart(['--no-browser', '--port', String(port)], { terminal: false, env });
    token = (await server.ready()).searchParams.get('token') ?? '';
    assert.equal(token.length, 48, server.output);
    kernel = await server.startKernel();
  });
  after(async () => {
    await server?.signal('SIGTERM', 'group');
    await server?.ended;
  });

  it('lets no other account read what cells print, nor in by what would open a door', async function () {
    skipWithoutAccounts(this);
    const file = await server.connectionFile(kernel);
    const Cookie = await cookiesOf(`/lab?token=${token}`);
    const [contents, page] = ['/api/contents', '/lab/tree/notebooks/lesson.en.ipynb'].map(
      path => `http://127.0.0.1:${port}${path}`,
    );
    await assertShut(
      [token, server.mark],
      [
        ['kernel', file],
        ['open', dirname(file)],
        ['below', dirname(file)],
        ['open', join(projectRoot, 'build', 'jupyter', 'cookie_secret')],
        ['ask', contents, withToken(), {}],
        // The ticket is on the browser's command line.
        ['ask', page, withToken(), { Authorization: `token ${sha256(token)}` }],
        // The cookie may have come to a server of theirs, at another port of this machine.
        ['ask', contents, { Cookie }, { Cookie }],
      ],
    );
  });

  it('listens on this machine alone, its kernels at no port, and lists its token nowhere', async function () {
    if (!existsSync('/proc/net/tcp')) this.skip(); // another system than Linux
    const commands = server.left().map(commandOf);
    assert.match(commands.join('\n'), /kernel[\\/]main\.cjs/);
    assert.ok(!commands.join('\n').includes(token));
    const { body } = await ask('/api/kernels', withToken());
    assert.equal(JSON.parse(body).length, 1);
    assert.deepEqual(listeningAt(server.left()), [onThisMachine()]);
  });

  it('refuses who has no token, or another one, or the password of the learner’s own Jupyter', async () => {
    const { headers: answer } = await ask('/login');
    const Cookie = /_xsrf=[^;]+/.exec(String(answer['set-cookie']))?.[0] ?? '';
    const body = `${new URLSearchParams({ password: PASSWORD, _xsrf: Cookie.slice(6) })}`;
    const form = { Cookie, 'Content-Type': 'application/x-www-form-urlencoded' };
    assert.equal((await ask('/login', form, 'POST', body)).status, 401);
    for (const other of [undefined, 'mine', '', `${token}0`]) {
      const headers: Record<string, string> =
        other === undefined ? {} : { Authorization: `token ${other}` };
      assert.equal((await ask('/api/contents', headers)).status, 403);
      assert.equal((await ask('/api/kernels', headers, 'POST', '{}')).status, 403);
      assert.equal((await ask(channels(), { ...upgrade, ...headers })).status, 403);
      for (const path of ['/lab', '/files/package.json']) {
        const { status, headers: answer } = await ask(path, headers);
        assert.equal(status, 302);
        assert.match(answer.location ?? '', /^\/login\?/);
      }
    }
    assert.equal((await ask('/api/contents', withToken())).status, 200);
    assert.equal((await ask(channels(), { ...upgrade, ...withToken() })).status, 101);
  });

  it('refuses pages of other origins in the browser that has signed in', async () => {
    const Cookie = await cookiesOf(`/lab?token=${token}`);
    assert.match(Cookie, /username-/);
    assert.equal((await ask('/api/contents', { Cookie })).status, 200);
    // A form of another page sends the cookie, but lacks the token.
    const form = { Cookie, Origin: 'http://evil.example', 'Content-Type': 'text/plain' };
    assert.equal((await ask('/api/kernels', form, 'POST', '{}')).status, 404);
    const { Origin, ...same } = form; // as a browser sends it from another port of this machine
    assert.equal((await ask('/api/kernels', same, 'POST', '{}')).status, 403);
    assert.equal(JSON.parse((await ask('/api/kernels', withToken())).body).length, 1);
    const { headers } = await ask('/api/contents', { Cookie, Origin: 'http://evil.example' });
    assert.equal(headers['access-control-allow-origin'], undefined);
    const foreign = { ...upgrade, Cookie, Origin: 'http://evil.example' };
    assert.equal((await ask(channels(), foreign)).status, 403);
    const signedIn = { ...upgrade, Cookie, Origin: `http://127.0.0.1:${port}` };
    assert.equal((await ask(channels(), signedIn)).status, 101);
  });

  it('refuses a name that somebody else has let lead to this machine', async () => {
    const Host = `evil.example:${port}`;
    assert.equal((await ask('/api/contents', { ...withToken(), Host })).status, 403);
    assert.equal((await ask(`/lab?token=${token}`, { Host })).status, 403);
  });

  it('complains of nothing that it has not read', () => {
    // Tornado reports a client that disconnects during a message.
    const rest =
      /Task exception was never retrieved[\s\S]*?\ntornado\.websocket\.WebSocketClosedError\n/g;
    assert.doesNotMatch(server.output.replaceAll(rest, ''), /Traceback|warning/i);
  });

  it('is as shut whatever the administrator has set', async () => {
    const { home } = wideOpen();
    port = await ownPort();
    const options = { port, language: 'en' } as const;
    const command = await labCommand(pythonEnvironment(), options, '/lab');
    const script = 'JUPYTER_CONFIG_PATH="$0" exec "$@" 2> /dev/null';
    const lab = new LabServer(['sh', '-c', script, join(home, 'b'), ...command]);
    try {
      assert.equal(await lab.waitUntilUp(), port);
      const Authorization = `token ${lab.token}`;
      for (const [status, headers] of [
        [403, { Authorization: 'token mine', Origin: 'http://x' }],
        [403, { Authorization: 'token ', Origin: 'http://x' }],
        [403, { Authorization, Host: `evil.example:${port}` }],
        [200, { Authorization }],
      ] as const) {
        const answer = await ask('/api/contents', headers);
        assert.equal(answer.status, status);
        assert.ok(!answer.headers['access-control-allow-origin']);
      }
      if (!existsSync('/proc/net/tcp')) return;
      const processes = processesWith(`--ServerApp.port=${port} `);
      assert.deepEqual(listeningAt(processes), [onThisMachine()]);
    } finally {
      lab.shutDown();
      await lab.ended;
    }
  });
});
