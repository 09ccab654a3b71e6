/** Builds the site beside the last one, and puts it in its place when it is whole. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../project/failure.mjs';
import { withLock } from '../project/lock.mjs';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { runSteps } from '../setup/run-steps';
import { type Build, type BuildStep, inOneGo } from './build-step';
import { appsStep } from './steps/apps';
import { contentsStep } from './steps/contents';
import { extensionsStep } from './steps/extensions';
import { indexStep } from './steps/index-page';
import { jupyterLiteStep } from './steps/jupyterlite';
import { kernelStep } from './steps/kernel';
import { offlineStep } from './steps/offline';
import { pagesStep } from './steps/pages';

/** Where the site stands when it is built. */
export const siteFolder = join(projectRoot, 'build', 'site');

const steps: readonly BuildStep[] = [
  kernelStep,
  extensionsStep,
  contentsStep,
  jupyterLiteStep,
  appsStep,
  pagesStep,
  indexStep,
  offlineStep,
];

/**
 * Builds the site. Where a step fails, the last good site stays as it is.
 *
 * @param to takes the site. Defaults to `build/site`.
 * @throws Failure that names the step, with the last lines of its log and where that is.
 */
export async function buildSite(
  python: PythonEnvironment,
  language: Language,
  to = siteFolder,
): Promise<void> {
  const waiting = {
    zh: '另一个进程正在生成网站，请等它完成。',
    en: 'Another process is building the site; waiting for it.',
  };
  await withLock(
    `${to}.lock`,
    async () => {
      // Killed between the two renames of `replace`.
      if (!existsSync(to) && existsSync(oldOf(to))) renameSync(oldOf(to), to);
      const work = `${to}.work`;
      const build: Build = { work, site: join(work, 'site'), python };
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { recursive: true });
      await runSteps(steps.map(inOneGo), build);
      replace(to, build.site);
      rmSync(work, { recursive: true, force: true });
    },
    () => console.log(waiting[language]),
  );
}

const oldOf = (folder: string) => `${folder}.old`;

/** Puts a folder in the place of another, which is away for the moment of two renames. */
function replace(folder: string, by: string): void {
  const old = oldOf(folder);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(by, folder);
  rmSync(old, { recursive: true, force: true });
}
