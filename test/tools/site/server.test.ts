import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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

  /** Asks for a path as it is given, on a connection of its own. */
  async function ask(path: string, options: RequestOptions = {}) {
    const asked = request({ port, path, agent: false, ...options }).end();
    const [response]: IncomingMessage[] = await once(asked, 'response');
    const { statusCode: status, headers } = response as IncomingMessage;
    return { status, headers, body: await text(response as IncomingMessage) };
  }

  it('lets a browser ask whether a file has changed', async () => {
    const { headers, body } = await ask('/a.js');
    equal(body, 'a.js');
    equal(headers['content-type'], 'text/javascript');
    equal(headers['cache-control'], 'no-cache');
    const again = { headers: { 'if-none-match': headers.etag ?? '' } };
    equal((await ask('/a.js', again)).status, 304);
    writeFileSync(join(folder, 'a.js'), 'changed');
    equal((await ask('/a.js', again)).body, 'changed');
    equal((await ask('/a.gz')).headers['content-encoding'], 'identity');
  });

  it('gives a folder’s index, at its address with a slash', async () => {
    const name = encodeURIComponent('课 程');
    const without = await ask(`/en/${name}?path=x`);
    deepEqual([without.status, without.headers.location], [301, `${name}/?path=x`]);
    equal((await ask(`/en/${name}/?path=x`)).body, '<p>课程</p>');
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
      equal((await ask(path)).status, 404, path);
    }
    equal((await ask('/', { method: 'POST' })).status, 405);
  });
});
