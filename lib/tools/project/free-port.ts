import { createServer } from 'node:net';
import { Failure } from './failure.mjs';
import { messages } from './messages';

/** Returns the first port from `wanted` on at which nobody listens, on 127.0.0.1. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port <= 65_535; port++) {
    const trouble = await tryPort(port);
    if (!trouble) return port;
    if (trouble === 'EACCES') throw new Failure(messages().project.portReserved(port));
  }
  throw new Failure(messages().project.noPortFree(wanted));
}

function tryPort(port: number): Promise<string | undefined> {
  return new Promise(settle => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => settle(undefined)),
    );
  });
}
