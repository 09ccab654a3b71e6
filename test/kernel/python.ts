/** Runs a program of Python's in the lesson's environment. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { pythonEnvironment } from '../../lib/tools/project/paths';

/** Returns the lines of JSON that a script prints. */
export async function told<T>(script: string): Promise<T[]> {
  const { stdout } = await promisify(execFile)(pythonEnvironment().program('python'), [script], {
    cwd: __dirname,
    env: jupyterEnvironment(),
  });
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}
