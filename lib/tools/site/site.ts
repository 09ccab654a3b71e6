/** `npm run site -- --serve`: serves the lesson as any web server can. */
import { freePort } from '../project/free-port';
import { messages } from '../project/messages';
import { startServer } from './server';

/** Serves a folder on this machine until Ctrl+C, and prints the address; a taken port moves on to the next. */
export async function serveSite(folder: string, wanted: number): Promise<void> {
  const port = await freePort(wanted);
  if (port !== wanted) console.log(messages().lab.portTaken(wanted, port));
  const server = await startServer(folder, port);
  console.log(messages().site.served(`http://127.0.0.1:${port}/`));
  await new Promise<void>(settle => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => settle());
    }
  });
  await server.stop();
}
