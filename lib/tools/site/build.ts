/** Builds the site beside the last one, and puts it in its place when it is whole. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Messages } from '../messages/en';
import { filesBelow } from '../project/files';
import { withProgress } from '../project/live-line.mjs';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { runLogged } from '../project/run-logged';
import { type Build, foldersIn } from './folders';
import { writeApi } from './steps/api';
import { writeContents } from './steps/contents';
import { gatherExtensions } from './steps/extensions';
import { buildJupyterLite } from './steps/jupyterlite';
import { writeOffline } from './steps/offline';
import { writeSitePages } from './steps/pages';

/** Takes the site. */
export const siteFolder = join(projectRoot, 'build', 'site');

/** The steps in their order; each returns what came out, in a few words. */
const steps: Record<keyof Messages['site']['steps'], (build: Build) => Promise<string>> = {
  extensions: gatherExtensions,
  contents: writeContents,
  jupyterLite: buildJupyterLite,
  pages: writeSitePages,
  api: writeApi,
  offline: writeOffline,
  /** Packs the site for whoever wants to serve it without building it: with Python, since Node has nothing for it. */
  async archive({ site, work, python }) {
    const file = join(work, 'digits.zip');
    const options = { title: messages().site.steps.archive, log: 'site' };
    await runLogged(python.program('python'), ['-m', 'zipfile', '-c', file, site], options);
    renameSync(file, join(site, 'digits.zip'));
    return `${(statSync(join(site, 'digits.zip')).size / 1e6).toFixed(1)} MB`;
  },
};

/**
 * Builds the site. If a step fails, the last good site stays as it is.
 *
 * @param to takes the site. Defaults to `build/site`.
 * @param api whether it has the pages of the packages' API, for which TypeDoc has to be installed.
 * @throws Failure with the last lines of a program's log and where that is, if one fails.
 */
export async function buildSite(
  python: PythonEnvironment,
  { to = siteFolder, api = false } = {},
): Promise<void> {
  const build = foldersIn(`${to}.work`, python, api);
  const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });
  const make = async () => {
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
  await withLock(`${to}.lock`, make, () => console.log(messages().site.waiting));
}

/** Tells whether the site in a folder is missing, or older than the code or a notebook. */
export function isStale(site: string): boolean {
  const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // The build writes this file last.
  const built = changed(join(site, 'service-worker.js'));
  return ['lib', 'notebooks']
    .flatMap(folder => filesBelow(join(projectRoot, folder)).map(file => `${folder}/${file}`))
    .some(file => !LEFT.test(file) && changed(join(projectRoot, file)) >= built);
}

/** What runs of the kernel, of Python and of the lesson leave behind, of which nothing is made. */
const LEFT = /dist\/cells\/|__pycache__|\.ipynb_checkpoints|^notebooks\/(.*\/|.*\.jsonl$)/;
