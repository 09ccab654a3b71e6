/** Finds uv: the machine's own, else one from PyPI. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readText, writeWhole } from '../../project/files';
import { messages } from '../../project/messages';
import { projectRoot, pythonEnvironment } from '../../project/paths';
import { onPath } from '../../project/platform.mjs';
import type { Interpreter } from '../../project/python';
import { type Report, runLogged } from '../../project/run-logged';
import { onlyFor } from './environment-yml';
import { pipSettings, pipVariables } from './pip-settings';
import { lockedRequirement } from './python-lock';
import { pythonWithVenv } from './pythons';

const run = promisify(execFile);

/** Takes the uv from PyPI, beside the pip that has fetched it. */
const own = pythonEnvironment(join(projectRoot, 'build', 'setup', 'uv'));

/** Lists the Pythons whose pip may know the user's settings, the one that uv was fetched by before others. */
export const pythonsToAsk = (using?: Interpreter): string[] =>
  [own.program('python'), using?.executable, onPath(['python3', 'python'])].flatMap(
    python => python ?? [],
  );

/** The oldest minor version of uv 0 that takes our options. */
const OLDEST = 10;

async function versionOf(program: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, ['--version'], { timeout: 30_000 });
    return /^uv (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

const newEnough = (version = '') => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 0 || minor >= OLDEST;
};

/** Finds the machine's own uv if it is new enough, else the one that was fetched. */
export async function findUv(): Promise<string | undefined> {
  const installed = onPath(['uv']);
  if (installed && newEnough(await versionOf(installed))) return installed;
  const fetched = own.program('uv');
  return (await versionOf(fetched)) === onlyFor('uv').version ? fetched : undefined;
}

/**
 * Fetches uv from PyPI, by the pip of a Python.
 *
 * @param using a Python to fetch it with; any on the path unless given
 * @throws Failure if there is no Python, or the network cannot be reached
 */
export async function fetchUv(report: Report, using?: Interpreter): Promise<string> {
  const { spec } = onlyFor('uv');
  report(spec);
  const options = { title: messages().setup.fetchingUv, log: 'uv' };
  const python = using?.venv ? using : await pythonWithVenv();
  rmSync(own.prefix, { recursive: true, force: true });
  await runLogged(python.executable, ['-m', 'venv', own.prefix], options);
  const [list, said] = [join(own.prefix, 'uv.txt'), join(own.prefix, 'pip.log')];
  writeWhole(list, lockedRequirement(spec));
  const quiet = ['--log', said, '--no-input', '--disable-pip-version-check', '--no-cache-dir'];
  const checked = ['--require-hashes', '--only-binary', ':all:', '--requirement', list];
  await runLogged(own.program('python'), ['-m', 'pip', 'install', ...quiet, ...checked], {
    ...options,
    env: pipVariables(await pipSettings([own.program('python')]), process.env),
    // By itself, pip says only that it has found no version.
    remark: () => /\b40[137] Client Error: [\w ]+/.exec(readText(said) ?? '')?.[0],
  });
  return own.program('uv');
}
