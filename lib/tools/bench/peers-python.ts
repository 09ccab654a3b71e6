/** Sets up the peers' own environment, `.venv-bench`, as `.venv` is, from the same list. */
import { join } from 'node:path';
import { Failure, type Language, type Text } from '../project/failure.mjs';
import { thisMachine } from '../project/machine';
import { projectRoot, pythonEnvironment } from '../project/paths';
import { interpreterOf } from '../project/python';
import { readEnvironment } from '../setup/packages/environment-yml';
import { newestPython } from '../setup/packages/pythons';
import { Uv } from '../setup/packages/uv';
import { allDone, runAlone } from '../setup/setup';
import { packagesStep } from '../setup/steps/packages';
import type { Site, Step } from '../setup/steps/step';
import { venvStep } from '../setup/steps/venv';

const steps: readonly Step[] = [venvStep, packagesStep];

export const benchPython = pythonEnvironment(join(projectRoot, '.venv-bench'));

/** Installs what is missing of the peers, apart from the lesson's own environment. */
export async function setUpPeers(language: Language): Promise<void> {
  const site: Site = {
    machine: thisMachine(),
    python: benchPython,
    own: true,
    environment: readEnvironment(),
    extras: ['bench'],
    thorough: false,
  };
  if (await allDone(steps, site)) return;
  await requirePython();
  console.log(
    language === 'zh'
      ? '对照程序安装在 .venv-bench 中，只需一次：下载约 1 GB。'
      : 'The peers are installed into .venv-bench, only once: a download of about 1 GB.',
  );
  await runAlone(steps, site, language);
}

/** The oldest 3.x for which JAX and Keras are made. */
const OLDEST = 11;

/**
 * Checks the environment's Python, or the one to make it with.
 *
 * @throws Failure where it is too old.
 */
export async function requirePython(environment = benchPython): Promise<void> {
  const uv = { ask: async (...args: string[]) => (await Uv.ready(() => {})).ask(...args) };
  const { version, executable } = (await interpreterOf(environment)) ?? (await newestPython(uv));
  if (Number(version.split('.')[1]) >= OLDEST) return;
  throw new Failure(tooOld(version, executable));
}

const tooOld = (version: string, executable: string): Text => ({
  zh: `对照程序需要 Python 3.${OLDEST} 或更新的版本，找到的是 ${version}（${executable}）。请指定一个：DIGITS_PYTHON=/path/to/python npm run bench；或只测本项目：npm run bench -- --only native`,
  en: `The peers need Python 3.${OLDEST} or newer, but ${version} was found (${executable}). Say which one to use: DIGITS_PYTHON=/path/to/python npm run bench; or measure this project alone: npm run bench -- --only native`,
});
