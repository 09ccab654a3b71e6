/** Sets up the peers' own environment, `.venv-bench`, as `.venv` is, from the same list. */
import { join } from 'node:path';
import { Failure } from '../project/failure.mjs';
import { projectRoot, pythonEnvironment } from '../project/paths';
import { interpreterOf } from '../project/python';
import { newestPython } from '../setup/packages/pythons';
import { Uv } from '../setup/packages/uv';
import { allDone, runAlone, siteOf } from '../setup/setup';
import { packagesStep } from '../setup/steps/packages';
import type { Step } from '../setup/steps/step';
import { venvStep } from '../setup/steps/venv';

const steps: readonly Step[] = [venvStep, packagesStep];
const prefix = join(projectRoot, '.venv-bench');

export const benchPython = pythonEnvironment(prefix);

/** Installs what is missing of the peers, apart from the lesson's own environment. */
export async function setUpPeers(): Promise<void> {
  const site = { ...siteOf({ prefix, extras: ['bench'] }), own: true };
  if (await allDone(steps, site)) return;
  await requirePython();
  console.log('The peers are installed into .venv-bench, only once: a download of about 1 GB.');
  await runAlone(steps, site);
}

/** The oldest 3.x for which JAX and Keras are made. */
const OLDEST = 11;

/** Checks the environment's Python, or the one to make it with. */
export async function requirePython(environment = benchPython): Promise<void> {
  const uv = { ask: async (...args: string[]) => (await Uv.ready(() => {})).ask(...args) };
  const { version, executable } = (await interpreterOf(environment)) ?? (await newestPython(uv));
  if (Number(version.split('.')[1]) >= OLDEST) return;
  throw new Failure(
    `The peers need Python 3.${OLDEST} or newer, but ${version} was found (${executable}). Say which one to use: DIGITS_PYTHON=/path/to/python npm run bench; or measure this project alone: npm run bench -- --only native`,
  );
}
