/** Counts what a server sends, all requests together: those of a page, its workers and its service worker. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A port that leads to a server's. */
export interface CountingProxy {
  readonly port: number;
  /** The bytes that the server has sent so far, compressed as they are on the way, with their headers. */
  sent(): number;
  /** Ends it, with the connections that are open. */
  stop(): void;
}

/** Opens a port at 127.0.0.1 that leads to another one there. */
export async function countingProxy(to: number): Promise<CountingProxy> {
  let sent = 0;
  const open = new Set<Socket>();
  const server = createServer(client => {
    const upstream = connect(to, '127.0.0.1');
    upstream.on('data', ({ length }) => {
      sent += length;
    });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {}); // 'close' follows
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((settle, fail) => {
    server.once('error', fail);
    server.listen({ port: 0, host: '127.0.0.1' }, settle);
  });
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => sent,
    stop: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
