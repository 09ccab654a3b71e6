import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Failure } from '../output/failure.mjs';
import { messages } from '../output/messages';

/** Starts a server on the first free port of 127.0.0.1, counting from `first`. Returns the port. */
export async function listen(server: Server, first: number): Promise<number> {
  for (let port = first; port <= 65_535; port++) {
    try {
      await once(server.listen({ port, host: '127.0.0.1', exclusive: true }), 'listening');
      return port;
    } catch (error) {
      // Windows also reserves higher ports, with the same error code: try the next port.
      const isReserved = (error as NodeJS.ErrnoException).code === 'EACCES' && port < 1024;
      if (isReserved) throw new Failure(messages().project.portReserved(port));
    }
  }
  throw new Failure(messages().project.noPortFree(first));
}

export async function freePort(first: number): Promise<number> {
  const server = createServer();
  const port = await listen(server, first);
  await once(server.close(), 'close');
  return port;
}
