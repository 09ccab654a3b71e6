import { equal, ok, rejects } from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countingProxy } from '../../../lib/tools/bench/counting-proxy';

describe('a counting proxy', () => {
  const server = createServer((request, response) => {
    if (request.url === '/broken') request.socket.destroy();
    else response.end('x'.repeat(100_000));
  });
  before(done => void server.listen(0, '127.0.0.1', done));
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  it('hands on what the server sends and counts it, headers included', async () => {
    const proxy = await countingProxy((server.address() as AddressInfo).port);
    const address = `http://127.0.0.1:${proxy.port}`;
    equal((await (await fetch(address)).text()).length, 100_000);
    const once = proxy.sent();
    ok(once > 100_000 && once < 101_000, `${once} bytes`);
    await rejects(fetch(`${address}/broken`));
    equal((await (await fetch(address)).text()).length, 100_000);
    equal(proxy.sent(), 2 * once);
    proxy.stop();
    await rejects(fetch(address));
  });
});
