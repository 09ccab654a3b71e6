import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A mirror on this machine. */
export interface Mirror {
  url: string;
  /** Paths asked for, in order. */
  asked: string[];
  close(): Promise<void>;
}

const open: Mirror[] = [];

export async function mirror(answer: RequestListener): Promise<Mirror> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>(closed => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  const started = { url: `http://127.0.0.1:${port}/`, asked, close };
  open.push(started);
  return started;
}

export async function closeMirrors(): Promise<void> {
  await Promise.all(open.splice(0).map(server => server.close()));
}

/** Serves the files by name as `.gz`. */
export function serving(raw: ReadonlyMap<string, Uint8Array>): RequestListener {
  const packed = new Map([...raw].map(([name, content]) => [`/${name}.gz`, gzipSync(content)]));
  return (request, response) => {
    const content = packed.get(request.url ?? '');
    if (!content) {
      response.writeHead(404).end('not here');
      return;
    }
    response.writeHead(200, { 'content-length': content.length }).end(content);
  };
}
