/** Set-up: the steps in their order, those that are not done yet. */
import { join } from 'node:path';
import { type Extra, readEnvironment } from './environment';
import { Failure, type Text } from './ground.mjs';
import { withLock } from './lock.mjs';
import { thisMachine } from './machine';
import type { Options } from './options.mjs';
import { givenPrefix, ownPrefix, projectRoot, pythonEnvironment } from './paths';
import { interpreterOf } from './python';
import { addonStep } from './steps/addon';
import { kernelStep } from './steps/kernel';
import { missingPackages, packagesStep } from './steps/packages';
import type { Site, Step } from './steps/step';
import { venvStep } from './steps/venv';
import { runSteps } from './tasks';

export const steps: readonly Step[] = [venvStep, packagesStep, addonStep, kernelStep];

/** What set-up works on: this machine and the environment that the options or the shell name. */
export function siteOf({ command, prefix }: Options): Site {
  const given = prefix ?? givenPrefix();
  const own = given === undefined || given === ownPrefix;
  const extras: Extra[] = [
    ...(own ? (['venv'] as const) : []),
    ...(command === 'test' ? (['test'] as const) : []),
  ];
  return {
    machine: thisMachine(),
    python: pythonEnvironment(given),
    own,
    environment: readEnvironment(),
    extras,
  };
}

/** Does the steps that are not done, one set-up at a time. Returns whether there were any. */
export async function setUp(site: Site, { language }: Options): Promise<boolean> {
  if (await allDone(site)) return false;
  if (site.own && (await muchToInstall(site))) console.log(download(site)[language]);
  await withLock(
    join(projectRoot, 'build', 'setup', 'lock'),
    () => runSteps(steps, site, language),
    pid =>
      console.log(
        language === 'zh'
          ? `另一个安装进程（${pid}）正在运行，等待其完成。`
          : `Another set-up (process ${pid}) is at work; waiting for it.`,
      ),
  );
  if (await allDone(site)) return true;
  throw new Failure({
    en: 'Set-up ran, yet something is still missing. npm run doctor says what.',
    zh: '安装已运行，但仍有缺失。请运行 npm run doctor 查看。',
  });
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

async function allDone(site: Site): Promise<boolean> {
  for (const step of steps) if (!(await step.isDone(site))) return false;
  return true;
}
