/** Runs `npm run site`: builds the site in a temporary folder, then replaces the previous site. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, printPaths } from 'command/machine/files';
import { type PythonEnvironment, projectRoot } from 'command/machine/paths';
import type { Messages } from 'command/messages/en';
import type { Options } from 'command/options.mjs';
import { withProgress } from 'command/output/live-line.mjs';
import { messages } from 'command/output/messages';
import { withLock } from 'command/processes/lock.mjs';
import { runLogged } from 'command/processes/run-logged';
import { prepare } from 'lab/setup/prepare';
import { type Build, foldersIn } from './folders';
import { serveSite } from './server';
import { writeApi } from './steps/api';
import { writeContents } from './steps/contents';
import { writeExtensions } from './steps/extensions';
import { buildJupyterLite } from './steps/jupyterlite';
import { writeOffline } from './steps/offline';
import { writeSitePages } from './steps/pages';

export const siteFolder = join(projectRoot, 'build', 'site');

/** The build steps in order. Each returns a short result. */
const steps: Record<keyof Messages['site']['steps'], (build: Build) => Promise<string>> = {
  extensions: writeExtensions,
  contents: writeContents,
  jupyterLite: buildJupyterLite,
  pages: writeSitePages,
  api: writeApi,
  offline: writeOffline,
  /** Archives the site for hosting without a build. Uses Python, because Node has no zip module. */
  async archive({ site, work, python }) {
    const file = join(work, 'digits.zip');
    const options = { title: messages().site.steps.archive, log: 'site' };
    await runLogged(python.program('python'), ['-m', 'zipfile', '-c', file, site], options);
    renameSync(file, join(site, 'digits.zip'));
    return `${(statSync(join(site, 'digits.zip')).size / 1e6).toFixed(1)} MB`;
  },
};

/** Builds the site, and serves it if requested. */
export async function main(options: Options): Promise<void> {
  const { python } = await prepare(options, { extras: ['site'] });
  await buildSite(python, { api: options.api ?? false });
  printPaths([siteFolder]);
  if (options.serve) await serveSite(siteFolder, options.port);
}

/**
 * Builds the site. If a step fails, the previous site stays unchanged.
 *
 * @param to the output folder. Default: `build/site`.
 * @param api whether to build the API reference, which needs TypeDoc
 * @throws Failure with the end of a failed program's output and the log's path
 */
export async function buildSite(
  python: PythonEnvironment,
  { to = siteFolder, api = false } = {},
): Promise<void> {
  const build = foldersIn(`${to}.work`, python, api);
  const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });
  const buildAll = async () => {
    remove(build.work);
    mkdirSync(build.work, { recursive: true });
    for (const [name, run] of Object.entries(steps)) {
      if (name === 'api' && !api) continue;
      const title = messages().site.steps[name as keyof typeof steps];
      await withProgress(title, async () => messages().setup.titled(title, await run(build)));
    }
    if (existsSync(to)) renameSync(to, join(build.work, 'old'));
    renameSync(build.site, to);
    remove(build.work);
  };
  await withLock(`${to}.lock`, buildAll, () => console.log(messages().site.waiting));
}

/** Returns whether the site is missing, or older than the code or a notebook. */
export function isStale(site: string): boolean {
  const modifiedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // The build writes this file last: its modification time is the time of the build.
  const builtAt = modifiedAt(join(site, 'service-worker.js'));
  return ['lib', 'notebooks']
    .flatMap(folder => filesBelow(join(projectRoot, folder)).map(file => `${folder}/${file}`))
    .some(file => !IGNORED.test(file) && modifiedAt(join(projectRoot, file)) >= builtAt);
}

/** Files that executions of the kernel, Python and the lesson leave in source folders. They do not affect the site. */
const IGNORED = /dist\/cells\/|__pycache__|\.ipynb_checkpoints|^notebooks\/(.*\/|.*\.jsonl$)/;
