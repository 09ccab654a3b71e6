/** `npm start` opens the lesson, whatever the learner's display, port and home are. */
import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../folder';
import { ownPort } from '../own';
import { CTRL_C, NpmStart } from './npm-start';
import { until } from './setup/support';

const THEMES = '/lab/api/settings/@jupyterlab/apputils-extension:themes';

/** Returns a setting from JupyterLab's server. */
interface Setting {
  readonly raw: string;
  readonly schema: { readonly properties: Record<string, { readonly default: unknown }> };
}

describe('npm start', function () {
  this.timeout(120_000);
  this.retries(1);

  const tokens = new Set<string>();
  let start: NpmStart | undefined;
  afterEach(() => start?.killAll());

  /** Starts the command and waits for the address. */
  async function open(args: string[], env: Record<string, string> = {}) {
    const opened = new NpmStart(args, { env });
    start = opened;
    const url = await opened.ready();
    const token = url.searchParams.get('token') ?? '';
    match(token, /^[0-9a-f]{48}$/);
    ok(!tokens.has(token), 'the token is new at each start');
    tokens.add(token);
    return { url, opened };
  }

  /** Types Ctrl+C: the command ends without an error and without leftovers. */
  async function end(opened: NpmStart): Promise<void> {
    opened.type(CTRL_C);
    await opened.ended;
    doesNotMatch(opened.output, /Traceback|Error|warning/);
    deepEqual(await opened.leaves(6_000), []);
  }

  /** The browser's command line opens the lesson once, for this account, and nothing else. */
  async function assertForOwner(ticket: URL): Promise<void> {
    const enter = (cookie = '', address = ticket) =>
      fetch(address, { redirect: 'manual', headers: { cookie } });
    const search = ticket.search;
    equal(tokens.has(ticket.searchParams.get('token') ?? ''), process.platform !== 'linux');
    for (const path of ['/api/contents', '/files/package.json', '/lab']) {
      ok((await enter('', new URL(path + search, ticket))).status >= 300, path);
    }
    const entered = await enter();
    equal(entered.status, 200);
    const cookies = entered.headers.getSetCookie().map(cookie => cookie.split(';')[0]);
    equal((await enter()).status, 302);
    equal((await enter(cookies.join('; '))).status, 200);
  }

  it('opens the browser at the stage asked for, in Chinese, with the learner’s settings and no news', async () => {
    const HOME = temporaryFolder();
    const settings = join(HOME, '.jupyter/lab/user-settings/@jupyterlab/apputils-extension');
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, 'themes.jupyterlab-settings'), '{"theme": "JupyterLab Dark"}');
    const [urlFile, browser] = [join(HOME, 'seen'), join(HOME, 'browser')];
    writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > ${urlFile}\n`, { mode: 0o755 });
    const port = await ownPort();
    const { url, opened } = await open(['--port', `${port}`, '--lang', 'zh', '--stage', '8'], {
      HOME,
      DISPLAY: ':99',
      BROWSER: `${browser} %s`,
    });
    equal(url.origin, `http://127.0.0.1:${port}`);
    match(opened.output, /课程地址：http/);
    equal(opened.output.includes('没有图形界面'), false);
    await until(() => existsSync(urlFile) && readFileSync(urlFile, 'utf8') !== '');
    const ticket = new URL(readFileSync(urlFile, 'utf8'));
    for (const page of [url, ticket]) {
      equal(page.origin, url.origin);
      equal(page.pathname, '/lab/tree/notebooks/lesson.zh.ipynb');
      equal(page.hash, '#cell-id=stage-8');
    }
    equal((await opened.ask(url.pathname)).status, 200);
    await assertForOwner(ticket);
    const setting = async (id: string) =>
      (await opened.ask(`/lab/api/settings/@jupyterlab/${id}`)).json() as Promise<Setting>;
    match((await setting('apputils-extension:themes')).raw, /JupyterLab Dark/);
    const news = (await setting('apputils-extension:notification')).schema.properties;
    deepEqual([news.fetchNews?.default, news.checkForUpdates?.default], ['false', false]);
    const { locale } = (await setting('translation-extension:plugin')).schema.properties;
    equal(locale?.default, 'zh_CN');
    const pack = (await (await opened.ask('/lab/api/translations/zh_CN')).json()).data;
    ok(Object.keys(pack).includes('jupyterlab'));
    await opened.startKernel();
    await end(opened);
  });

  it('moves on from a taken port and says so, over SSH without a browser, without a home to write to', async () => {
    const port = await ownPort();
    const other = createServer();
    await new Promise<void>(settle => other.listen(port, '127.0.0.1', settle));
    try {
      const env = { HOME: '/dev/null', DISPLAY: ':99', SSH_CONNECTION: 'a b' };
      const { url, opened } = await open(['--port', `${port}`], env);
      match(opened.output, new RegExp(`Port ${port} is taken; using ${url.port}\\.`));
      notEqual(Number(url.port), port);
      match(opened.output, /There is no display here: .* npm run lesson/);
      equal(
        (await opened.ask(THEMES, 'PUT', '{"raw":"{\\"theme\\":\\"JupyterLab Light\\"}"}')).status,
        204,
      );
      await opened.startKernel();
      await end(opened);
    } finally {
      other.close();
    }
  });
});
