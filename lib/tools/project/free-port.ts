import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

/**
 * Returns the first port from `wanted` on at which nobody listens, on 127.0.0.1.
 *
 * @throws Failure where there is none, or where ports as low as this are kept for the administrator.
 */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port <= 65_535; port++) {
    const trouble = await tryPort(port);
    if (!trouble) return port;
    if (trouble === 'EACCES') {
      throw new Failure({
        en: `Port ${port} is reserved for the administrator. Choose 1024 or higher: npm start -- --port 8888`,
        zh: `端口 ${port} 仅限管理员使用。请选择 1024 以上的端口：npm start -- --port 8888`,
      });
    }
  }
  throw new Failure({
    en: `No port from ${wanted} up is free. Choose a lower one: npm start -- --port 8888`,
    zh: `从 ${wanted} 起没有空闲端口。请选择较小的端口：npm start -- --port 8888`,
  });
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
