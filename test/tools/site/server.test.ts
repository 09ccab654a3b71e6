import { deepEqual, equal } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type StaticServer, startServer } from '../../../lib/tools/site/server';
import { ownPort } from '../../own';

describe('the server of the site', () => {
  let folder: string;
  let server: StaticServer;
  let port: number;
  before(async () => {
    const place = mkdtempSync(join(tmpdir(), 'digits-server-'));
    folder = join(place, 'site');
    mkdirSync(join(folder, 'en', '课 程'), { recursive: true });
    writeFileSync(join(place, 'secret.txt'), 'secret');
    for (const name of [
      'index.html',
      'a.js',
      'a.wasm',
      'a.ipynb',
      'a.gz',
      'a.woff2',
      'a.unknown',
    ]) {
      writeFileSync(join(folder, name), name.repeat(100));
    }
    writeFileSync(join(folder, 'en', '课 程', 'index.html'), '<p>课程</p>');
    port = await ownPort();
    server = await startServer(folder, port);
  });
  after(async () => {
    await server.stop();
    rmSync(join(folder, '..'), { recursive: true });
  });

  interface Answer {
    readonly status: number | undefined;
    readonly headers: Record<string, string | string[] | undefined>;
    readonly body: Buffer;
  }

  /** Asks for a path as it is given, which `fetch` would tidy up first. */
  const ask = (path: string, headers = {}, method = 'GET'): Promise<Answer> =>
    new Promise((settle, fail) => {
      request({ port, path, headers, method }, response => {
        const parts: Buffer[] = [];
        response.on('data', part => parts.push(part));
        response.on('end', () =>
          settle({
            status: response.statusCode,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        );
      })
        .on('error', fail)
        .end();
    });

  it('names the types that browsers ask for', async () => {
    const types = ['index.html', 'a.js', 'a.wasm', 'a.ipynb', 'a.gz', 'a.woff2', 'a.unknown'];
    deepEqual(
      await Promise.all(types.map(async name => (await ask(`/${name}`)).headers['content-type'])),
      [
        'text/html; charset=utf-8',
        'text/javascript; charset=utf-8',
        'application/wasm',
        'application/json; charset=utf-8',
        'application/gzip',
        'font/woff2',
        'application/octet-stream',
      ],
    );
  });

  it('packs what can be packed, by what the browser takes', async () => {
    const plain = await ask('/a.js');
    const brotli = await ask('/a.js', { 'accept-encoding': 'gzip, deflate, br' });
    const gzip = await ask('/a.js', { 'accept-encoding': 'gzip' });
    equal(brotli.headers['content-encoding'], 'br');
    equal(gzip.headers['content-encoding'], 'gzip');
    deepEqual(brotliDecompressSync(brotli.body), plain.body);
    deepEqual(gunzipSync(gzip.body), plain.body);
    const data = await ask('/a.gz', { 'accept-encoding': 'gzip, br' });
    equal(data.headers['content-encoding'], undefined);
    equal(data.headers['content-length'], '400');
  });

  it('lets a browser ask whether a file has changed', async () => {
    const { headers } = await ask('/a.js');
    const same = await ask('/a.js', { 'if-none-match': headers.etag });
    equal(same.status, 304);
    equal(same.body.length, 0);
    writeFileSync(join(folder, 'a.js'), 'changed');
    const changed = await ask('/a.js', { 'if-none-match': headers.etag });
    equal(changed.status, 200);
    equal(String(changed.body), 'changed');
  });

  it('gives a folder’s index, at its address with a slash', async () => {
    const without = await ask(`/en/${encodeURIComponent('课 程')}?path=x`);
    equal(without.status, 301);
    equal(without.headers.location, `${encodeURIComponent('课 程')}/?path=x`);
    equal(String((await ask(`/en/${encodeURIComponent('课 程')}/?path=x`)).body), '<p>课程</p>');
    equal((await ask('/en/')).status, 404);
  });

  it('serves nothing beside its folder, and nothing but files', async () => {
    const paths = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/en/../../secret.txt',
      '/%2e%2e/secret.txt',
    ];
    for (const path of [...paths, '/nothing', '/%', '/a.js%00']) {
      equal((await ask(path)).status, 404, path);
    }
    equal((await ask('/', {}, 'POST')).status, 405);
    const head = await ask('/', {}, 'HEAD');
    equal(head.status, 200);
    equal(head.body.length, 0);
  });
});
