/** Builds the site beside the last one, and puts it in its place when it is whole. */
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Messages } from '../messages/en';
import { failureOf } from '../project/failure.mjs';
import { filesBelow } from '../project/files';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { runSteps, type Step } from '../setup/steps/step';
import type { Build } from './build-folders';
import { writeKernel } from './kernel';
import { writeApps } from './steps/apps';
import { writeArchive } from './steps/archive';
import { writeContents } from './steps/contents';
import { gatherExtensions } from './steps/extensions';
import { buildJupyterLite } from './steps/jupyterlite';
import { writeOffline } from './steps/offline';
import { writeIndex, writeSitePages } from './steps/pages';

/** Takes the site. */
export const siteFolder = join(projectRoot, 'build', 'site');

/** The steps in their order; each returns what came out, in a few words. */
const steps: Readonly<Record<keyof Messages['site']['steps'], (build: Build) => Promise<string>>> =
  {
    async kernel(build) {
      await writeKernel(join(build.extensions, 'digits-kernel'));
      return messages().site.done;
    },
    extensions: gatherExtensions,
    contents: writeContents,
    jupyterLite: buildJupyterLite,
    apps: writeApps,
    pages: writeSitePages,
    index: writeIndex,
    offline: writeOffline,
    archive: writeArchive,
  };

const siteLog = join(projectRoot, 'build', 'setup', 'site.log');

/** Makes a step of the kind that set-up shows. An error of any kind is reported with the step's name and the log. */
function stepNamed(name: keyof typeof steps): Step<Build> {
  const title = () => messages().site.steps[name];
  return {
    title,
    isDone: () => false,
    async run(build) {
      try {
        return await steps[name](build);
      } catch (error) {
        if ((error as Error).name === 'Failure') throw error;
        const { stack, stderr } = error as Error & { stderr?: string };
        const output = [stderr, stack ?? String(error)].filter(Boolean).join('\n');
        mkdirSync(dirname(siteLog), { recursive: true });
        appendFileSync(siteLog, `${name}\n${output}\n`);
        throw failureOf(title(), output, siteLog);
      }
    },
  };
}

/**
 * Builds the site. If a step fails, the last good site stays as it is.
 *
 * @param to takes the site. Defaults to `build/site`.
 * @throws Failure that names the step, with the last lines of its log and where that is.
 */
export async function buildSite(python: PythonEnvironment, to = siteFolder): Promise<void> {
  await withLock(
    `${to}.lock`,
    async () => {
      // Killed between the two renames of `replace`.
      if (!existsSync(to) && existsSync(oldOf(to))) renameSync(oldOf(to), to);
      const work = `${to}.work`;
      const lite = join(work, 'lite');
      const build: Build = {
        ...{ python, work, site: join(work, 'digits'), lite },
        ...{ contents: join(lite, 'files'), saved: join(work, 'saved') },
        extensions: join(work, 'extensions'),
        originals: join(work, 'originals.json'),
      };
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { recursive: true });
      const all = Object.keys(steps) as (keyof typeof steps)[];
      await runSteps(all.map(stepNamed), build);
      replace(to, build.site);
      rmSync(work, { recursive: true, force: true });
    },
    () => console.log(messages().site.waiting),
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

/** Tells whether the site in a folder is missing, or older than the code or a notebook. */
export function isStale(site: string): boolean {
  // The build writes this file last.
  const built = changed(join(site, 'service-worker.js'));
  return ['lib', 'notebooks'].some(folder =>
    filesBelow(join(projectRoot, folder))
      .filter(file => !file.includes('.ipynb_checkpoints'))
      .some(file => changed(join(projectRoot, folder, file)) >= built),
  );
}

const changed = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
