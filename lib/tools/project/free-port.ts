import { once } from 'node:events';
import { createServer } from 'node:net';
import { Failure } from './failure.mjs';
import { messages } from './messages';

/** Returns the first port from `wanted` on at which nobody listens, on 127.0.0.1. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port <= 65_535; port++) {
    const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
    try {
      await once(server, 'listening');
      await once(server.close(), 'close');
      return port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES') throw new Failure(messages().project.portReserved(port));
    }
  }
  throw new Failure(messages().project.noPortFree(wanted));
}
