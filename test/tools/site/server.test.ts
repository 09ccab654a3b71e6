import { deepEqual, equal } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { type StaticServer, startServer } from '../../../lib/tools/site/server';
import { temporaryFolder } from '../../folder';
import { ownPort } from '../../own';

describe('the server of the site', () => {
  let folder: string;
  let server: StaticServer;
  let port: number;
  before(async () => {
    const place = temporaryFolder();
    folder = join(place, 'site');
    mkdirSync(join(folder, 'en', '课 程'), { recursive: true });
    writeFileSync(join(place, 'secret.txt'), 'secret');
    for (const name of ['a.js', 'a.gz']) writeFileSync(join(folder, name), name);
    writeFileSync(join(folder, 'en', '课 程', 'index.html'), '<p>课程</p>');
    port = await ownPort();
    server = await startServer(folder, port);
  });
  after(() => server.stop());

  const ask = (path: string, options: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...options });

  /** Asks for a path as it is given, which `fetch` would tidy up first. */
  const statusOf = (path: string): Promise<number | undefined> =>
    new Promise((settle, fail) => {
      get({ port, path }, response => settle(response.resume().statusCode)).on('error', fail);
    });

  it('lets a browser ask whether a file has changed', async () => {
    const first = await ask('/a.js');
    equal(await first.text(), 'a.js');
    const { headers } = first;
    equal(headers.get('content-type'), 'text/javascript');
    equal(headers.get('cache-control'), 'no-cache');
    const again = { headers: { 'if-none-match': headers.get('etag') ?? '' } };
    equal((await ask('/a.js', again)).status, 304);
    writeFileSync(join(folder, 'a.js'), 'changed');
    equal(await (await ask('/a.js', again)).text(), 'changed');
    equal(await (await ask('/a.gz')).text(), 'a.gz', 'data are not unpacked');
  });

  it('gives a folder’s index, at its address with a slash', async () => {
    const name = encodeURIComponent('课 程');
    const without = await ask(`/en/${name}?path=x`);
    deepEqual([without.status, without.headers.get('location')], [301, `${name}/?path=x`]);
    equal(await (await ask(`/en/${name}/?path=x`)).text(), '<p>课程</p>');
    equal((await ask('/en/')).status, 404);
  });

  it('serves nothing beside its folder, and nothing but files', async () => {
    const beside = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/en/../../secret.txt',
      '/%2e%2e/secret.txt',
    ];
    for (const path of [...beside, '/nothing.js', '/%.js', '/a.js%00']) {
      equal(await statusOf(path), 404, path);
    }
    equal((await ask('/', { method: 'POST' })).status, 405);
  });
});
