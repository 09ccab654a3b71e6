/** Set-up: its steps in their order, those that are not done yet. */
import { join } from 'node:path';
import { Failure, type Language, type Text } from '../project/failure.mjs';
import { waitingFor, withLock } from '../project/lock.mjs';
import { thisMachine } from '../project/machine';
import { givenPrefix, ownPrefix, projectRoot, pythonEnvironment } from '../project/paths';
import { interpreterOf } from '../project/python';
import { type Extra, readEnvironment } from './packages/environment-yml';
import { runSteps } from './run-steps';
import { addonStep } from './steps/addon';
import { kernelStep } from './steps/kernel';
import { missingPackages, packagesStep } from './steps/packages';
import type { Site, Step } from './steps/step';
import { venvStep } from './steps/venv';

export const steps: readonly Step[] = [venvStep, packagesStep, addonStep, kernelStep];

/** What a command wants of set-up. */
export interface Wanted {
  /** The folder of a Python environment; the one that the shell names, or `.venv`, unless given. */
  readonly prefix?: string | undefined;
  /** The occasions whose packages it needs too. */
  readonly extras?: readonly Extra[];
  /** Whether each file of the Python packages is looked for. */
  readonly thorough?: boolean;
}

/** Returns what set-up works on: this machine and a Python environment. */
export function siteOf({ prefix = givenPrefix(), extras = [], thorough = false }: Wanted): Site {
  const own = prefix === undefined || prefix === ownPrefix;
  return {
    machine: thisMachine(),
    python: pythonEnvironment(prefix),
    own,
    environment: readEnvironment(),
    extras: own ? ['venv', ...extras] : extras,
    thorough,
  };
}

/** Sets up what is missing, and returns whether anything was. */
export async function setUp(site: Site, language: Language): Promise<boolean> {
  if (await allDone(steps, site)) return false;
  if (site.own && (await muchToInstall(site))) console.log(download(site)[language]);
  await runAlone(steps, site, language);
  if (await allDone(steps, site)) return true;
  throw new Failure({
    en: 'Set-up ran, yet something is still missing. npm run doctor says what.',
    zh: '安装已运行，但仍有缺失。请运行 npm run doctor 查看。',
  });
}

/** Runs the steps that are not done, once no other set-up is at work here. */
export function runAlone(steps: readonly Step[], site: Site, language: Language): Promise<void> {
  return withLock(
    join(projectRoot, 'build', 'setup', 'lock'),
    () => runSteps(steps, site, language),
    pid => console.log(waitingFor(pid)[language]),
  );
}

async function muchToInstall(site: Site): Promise<boolean> {
  const python = await interpreterOf(site.python);
  const missing = python ? missingPackages(site, python.packages) : undefined;
  return !missing || missing.some(({ name }) => /^(jupyterlab|tensorflow.*)$/.test(name));
}

function download({ machine }: Site): Text {
  if (!machine.native) {
    return {
      en: 'The Python side: less than 100 MB to download.',
      zh: 'Python 部分：下载不到 100 MB。',
    };
  }
  return machine.gpu
    ? {
        en: 'The Python side: some GB to download, for TensorFlow with CUDA.',
        zh: 'Python 部分：带 CUDA 的 TensorFlow 需下载数 GB。',
      }
    : { en: 'The Python side: about 400 MB to download.', zh: 'Python 部分：下载约 400 MB。' };
}

/** Tells whether nothing is left to do. */
export async function allDone(steps: readonly Step[], site: Site): Promise<boolean> {
  for (const step of steps) if (!(await step.isDone(site))) return false;
  return true;
}
