/** A static file server for this machine: `npm run site -- --serve`. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { messages } from 'command/output/messages';
import { listen } from 'command/processes/free-port';
import { onShutdownSignal } from 'command/processes/shutdown-signals';
import serveStatic from 'serve-static';

interface HttpError {
  readonly statusCode: number;
}

/** Serves a folder on the first free port of 127.0.0.1, counting from `firstPort`. Browsers revalidate every file. */
export async function startServer(folder: string, firstPort: number) {
  const setHeaders = (response: ServerResponse, path: string) => {
    response.setHeader('cache-control', 'no-cache');
    // Serve compressed data unchanged: a proxy must not declare it as content encoding.
    if (path.endsWith('.gz')) response.setHeader('content-encoding', 'identity');
  };
  const serve = serveStatic(folder, { cacheControl: false, setHeaders });
  const server = createServer((request, response) =>
    serve(request, response, (error?: HttpError) => {
      response.writeHead(error?.statusCode ?? 404).end();
    }),
  );
  const port = await listen(server, firstPort);
  return {
    port,
    async stop(): Promise<void> {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Serves a folder until Ctrl+C, and prints the URL. Tries the next ports if the port is taken. */
export async function serveSite(folder: string, firstPort: number): Promise<void> {
  const { port, stop } = await startServer(folder, firstPort);
  if (port !== firstPort) console.log(messages().lab.portTaken(firstPort, port));
  console.log(messages().site.served(`http://127.0.0.1:${port}/`));
  await new Promise<void>(resolve => onShutdownSignal(() => resolve()));
  await stop();
}
