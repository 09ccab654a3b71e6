import { equal } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../../lib/publish/site/server';
import { temporaryFolder } from '../../folder';
import { ownPort } from '../../own';

describe('the server of the site', () => {
  it('gives what is there, and packed data as they are', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'en', '课 程'), { recursive: true });
    for (const name of ['a.js', 'a.gz', 'en/课 程/index.html']) {
      writeFileSync(join(folder, name), name);
    }
    const server = await startServer(folder, await ownPort());
    const { port } = server;
    const ask = (path: string, headers = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
    try {
      const script = await ask('/a.js');
      equal(script.headers.get('cache-control'), 'no-cache');
      // Like a browser's reload; by default, fetch would bypass the cache.
      const again = {
        'if-none-match': script.headers.get('etag') ?? '',
        'cache-control': 'max-age=0',
      };
      equal((await ask('/a.js', again)).status, 304);
      writeFileSync(join(folder, 'a.js'), 'changed');
      equal(await (await ask('/a.js', again)).text(), 'changed');
      equal((await ask('/a.gz')).headers.get('content-encoding'), 'identity');
      const folderAsked = await ask(`/en/${encodeURIComponent('课 程')}/?path=x`);
      equal(await folderAsked.text(), 'en/课 程/index.html');
      for (const path of ['/en/', '/nothing.js', '/..%2fsecret.txt']) {
        equal((await ask(path)).status, 404, path);
      }
    } finally {
      await server.stop();
    }
  });
});
