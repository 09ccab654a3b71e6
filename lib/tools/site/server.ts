/** A server of static files, for one's own machine: `npm run site -- --serve`. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import serveStatic from 'serve-static';
import { listen } from '../project/free-port';
import { messages } from '../project/messages';
import { onShutdownSignal } from '../project/shutdown-signals';

interface HttpError {
  readonly statusCode: number;
}

/** Serves a folder at the first free port from `wanted` on, of 127.0.0.1. A browser asks each time whether a file has changed. */
export async function startServer(folder: string, wanted: number) {
  const setHeaders = (response: ServerResponse, path: string) => {
    response.setHeader('cache-control', 'no-cache');
    // A file of data comes as it is: no proxy is to have the browser unpack it.
    if (path.endsWith('.gz')) response.setHeader('content-encoding', 'identity');
  };
  const serve = serveStatic(folder, { cacheControl: false, setHeaders });
  const server = createServer((request, response) =>
    serve(request, response, (error?: HttpError) => {
      response.writeHead(error?.statusCode ?? 404).end();
    }),
  );
  const port = await listen(server, wanted);
  return {
    port,
    async stop(): Promise<void> {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Serves a folder on this machine until Ctrl+C, and prints the address; a taken port moves on to the next. */
export async function serveSite(folder: string, wanted: number): Promise<void> {
  const { port, stop } = await startServer(folder, wanted);
  if (port !== wanted) console.log(messages().lab.portTaken(wanted, port));
  console.log(messages().site.served(`http://127.0.0.1:${port}/`));
  await new Promise<void>(settle => onShutdownSignal(() => settle()));
  await stop();
}
