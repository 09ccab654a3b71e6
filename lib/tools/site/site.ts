/** `npm run site`: the lesson as a folder that any web server can serve, with nothing to install. */
import { relative } from 'node:path';
import type { Options } from '../options.mjs';
import { freePort } from '../project/free-port';
import { messages } from '../project/messages';
import type { PythonEnvironment } from '../project/paths';
import { buildSite, siteFolder } from './build';
import { startServer } from './server';

/** Builds the site, and serves it if that is asked for. Returns the exit code. */
export async function makeSite(python: PythonEnvironment, options: Options): Promise<number> {
  await buildSite(python);
  console.log(relative(process.cwd(), siteFolder) || '.');
  if (options.serve) await serveSite(siteFolder, options.port);
  return 0;
}

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
