import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Failure } from './failure.mjs';
import { messages } from './messages';

/** Lets a server listen at the first port from `wanted` on at which nobody else does, on 127.0.0.1; returns that port. */
export async function listen(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; port <= 65_535; port++) {
    try {
      await once(server.listen({ port, host: '127.0.0.1', exclusive: true }), 'listening');
      return port;
    } catch (error) {
      // Windows reserves higher ones, too, and says the same of them.
      const reserved = (error as NodeJS.ErrnoException).code === 'EACCES' && port < 1024;
      if (reserved) throw new Failure(messages().project.portReserved(port));
    }
  }
  throw new Failure(messages().project.noPortFree(wanted));
}

/** Returns a port that is free just now, for who can be told one only before it listens. */
export async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  const port = await listen(server, wanted);
  await once(server.close(), 'close');
  return port;
}
