/** A server of static files, for one's own machine. */
import { createReadStream, type Stats, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, extname, join, normalize, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.ipynb': 'application/json; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text|application\/(json|wasm)|image\/(svg|x-icon))/;

/** A server that has been started. */
export interface StaticServer {
  /** Ends it, with the connections that are open. */
  stop(): Promise<void>;
}

/** Serves a folder at 127.0.0.1. A browser asks each time whether a file has changed. */
export async function startServer(folder: string, port: number): Promise<StaticServer> {
  const server = createServer((request, response) => answer(folder, request, response));
  await new Promise<void>((settle, fail) => {
    server.once('error', fail);
    server.listen({ port, host: '127.0.0.1' }, settle);
  });
  return {
    stop: () =>
      new Promise(settle => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, url = '/' } = request;
  const path = pathOf(url);
  const found = path === undefined ? undefined : statOf(join(folder, path));
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405).end();
  } else if (path === undefined || !found) {
    response.writeHead(404).end();
  } else if (!found.isDirectory()) {
    send(join(folder, path), request, response);
  } else if (path.endsWith(sep)) {
    send(join(folder, path, 'index.html'), request, response);
  } else {
    // Relative links in the folder's page begin at the folder.
    const location = `${encodeURIComponent(basename(path))}/${/\?.*$/.exec(url)?.[0] ?? ''}`;
    response.writeHead(301, { location }).end();
  }
}

/** The path of a file below the folder; undefined where the address is no such. */
function pathOf(url: string): string | undefined {
  try {
    const path = normalize(decodeURIComponent(url.replace(/[?#].*$/, '')));
    return path.includes('\0') || path.split(sep).includes('..') ? undefined : path;
  } catch {
    return undefined;
  }
}

const statOf = (file: string): Stats | undefined => statSync(file, { throwIfNoEntry: false });

function send(file: string, request: IncomingMessage, response: ServerResponse): void {
  const found = statOf(file);
  if (!found?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const encoding = COMPRESSIBLE.test(type) ? encodingFor(request) : undefined;
  const version = `${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}`;
  const etag = `"${version}${encoding ?? ''}"`;
  const length = encoding
    ? { 'content-encoding': encoding }
    : { 'content-length': String(found.size) };
  const headers = { 'content-type': type, 'cache-control': 'no-cache', vary: 'accept-encoding' };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag, ...headers }).end();
    return;
  }
  response.writeHead(200, { etag, ...headers, ...length });
  if (request.method === 'HEAD') response.end();
  else void write(createReadStream(file), encoding, response).catch(() => {}); // the browser has left
}

type Encoding = 'br' | 'gzip';

function encodingFor({ headers }: IncomingMessage): Encoding | undefined {
  const accepted = String(headers['accept-encoding'] ?? '');
  return (['br', 'gzip'] as const).find(encoding => new RegExp(`\\b${encoding}\\b`).test(accepted));
}

function write(file: Readable, encoding: Encoding | undefined, to: ServerResponse): Promise<void> {
  if (encoding === 'gzip') return pipeline(file, createGzip(), to);
  if (encoding !== 'br') return pipeline(file, to);
  return pipeline(file, createBrotliCompress({ params: QUICK }), to);
}

const QUICK = { [constants.BROTLI_PARAM_QUALITY]: 4 };
