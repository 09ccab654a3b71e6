/** The peers' own environment, `.venv-bench`: set up as `.venv` is, by the same list and its extra. */
import { join } from 'node:path';
import { readEnvironment } from '../setup/environment';
import type { Language } from '../setup/ground.mjs';
import { withLock } from '../setup/lock.mjs';
import { thisMachine } from '../setup/machine';
import { projectRoot, pythonEnvironment } from '../setup/paths';
import { packagesStep } from '../setup/steps/packages';
import type { Site, Step } from '../setup/steps/step';
import { venvStep } from '../setup/steps/venv';
import { runSteps } from '../setup/tasks';

const steps: readonly Step[] = [venvStep, packagesStep];

export const benchPython = pythonEnvironment(join(projectRoot, '.venv-bench'));

/** Installs what is missing of the peers; the lesson's own environment is not touched. */
export async function setUpPeers(language: Language): Promise<void> {
  const site: Site = {
    machine: thisMachine(),
    python: benchPython,
    own: true,
    environment: readEnvironment(),
    extras: ['venv', 'bench'],
  };
  for (const step of steps) {
    if (await step.isDone(site)) continue;
    console.log(
      language === 'zh'
        ? '对照程序安装在 .venv-bench 中，只需一次：下载约 1 GB。'
        : 'The peers go into .venv-bench, once: about 1 GB to download.',
    );
    const lock = join(projectRoot, 'build', 'setup', 'bench-lock');
    return withLock(lock, () => runSteps(steps, site, language));
  }
}
