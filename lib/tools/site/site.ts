/** `npm run site`: the lesson as a folder that any web server can serve, with nothing to install. */
import { relative } from 'node:path';
import type { Options } from '../options.mjs';
import type { PythonEnvironment } from '../project/paths';
import { buildSite, siteFolder } from './build';
import { serveSite } from './serve-site';

/** Builds the site, and serves it where that is asked for. Returns the exit code. */
export async function makeSite(python: PythonEnvironment, options: Options): Promise<number> {
  const { language, port, serve } = options;
  await buildSite(python, language);
  console.log(relative(process.cwd(), siteFolder) || '.');
  if (serve) await serveSite(siteFolder, port, language);
  return 0;
}
