/** What the steps of the site's build have in common. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failureOf, type Text } from '../project/failure.mjs';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import type { Step } from '../setup/steps/step';

/** What they work on. */
export interface Build {
  /** Takes the site. */
  readonly site: string;
  /** Holds what is made on the way; the site as well. */
  readonly work: string;
  readonly python: PythonEnvironment;
}

/** One step. A build begins anew each time, so none is done before. */
export interface BuildStep {
  readonly title: Text;
  /** Does the work, and returns what came out in a few words. */
  run(build: Build): Promise<Text>;
}

/** The log of the steps, beside those of set-up. */
export const siteLog = join(projectRoot, 'build', 'setup', 'site.log');

/** Makes a step of the kind that set-up shows. An error of any kind is reported with the step's name and the log. */
export const inOneGo = ({ title, run }: BuildStep): Step<Build> => ({
  title,
  isDone: () => false,
  async run(build) {
    try {
      return await run(build);
    } catch (error) {
      if ((error as Error).name === 'Failure') throw error;
      const { stack, stderr } = error as Error & { stderr?: string };
      const output = [stderr, stack ?? String(error)].filter(Boolean).join('\n');
      mkdirSync(dirname(siteLog), { recursive: true });
      appendFileSync(siteLog, `${title.en}\n${output}\n`);
      throw failureOf(title, output, siteLog);
    }
  },
});

/** The lite folder: what JupyterLite's build reads. */
export const liteFolder = ({ work }: Build): string => join(work, 'lite');

/** Holds the notebooks of the site. */
export const contentsFolder = (build: Build): string => join(liteFolder(build), 'files');

/** Holds the extensions of the site, each in a folder of its name. */
export const extensionsFolder = (build: Build): string => join(build.work, 'extensions');
