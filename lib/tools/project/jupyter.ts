/**
 * Where Jupyter's programs keep their files: apart from the learner's own Jupyter, whose configuration may
 * open the door, and whose folders a home that cannot be written to has not.
 */
import { join } from 'node:path';
import { Failure, textOf } from './failure.mjs';
import { writeWhole } from './files';
import { isShared, projectRoot, pythonEnvironment, workFolder } from './paths';

export const jupyterFolder = join(workFolder, 'build', 'jupyter');

/**
 * Returns the environment that Jupyter's programs run in: the learner's own without the variables that steer
 * Jupyter. They would bring in configuration, a fixed token, or kernels of another machine.
 */
export function jupyterEnvironment(): NodeJS.ProcessEnv {
  const config = join(jupyterFolder, 'config');
  // Else it would bring in the configuration of an old IPython.
  writeWhole(join(config, 'migrated'), '');
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^JUPYTER/i.test(name))),
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: join(jupyterFolder, 'data'),
    JUPYTER_RUNTIME_DIR: join(jupyterFolder, 'runtime'),
    JUPYTER_PREFER_ENV_PATH: '1',
    IPYTHONDIR: join(jupyterFolder, 'ipython'),
    ...(isShared && {
      JUPYTER_PATH: jupyterFolder,
      MNIST_DATA_DIR: process.env.MNIST_DATA_DIR || join(projectRoot, 'data'),
    }),
  };
}

/** Runs a module or script of Jupyter's Python, and returns what it printed; `input` is what it reads. */
export async function runPython(args: readonly string[], input = ''): Promise<string> {
  const { execa } = await import('execa');
  const { stdout } = await execa(pythonEnvironment().program('python'), args, {
    env: jupyterEnvironment(),
    extendEnv: false,
    input,
    stripFinalNewline: false,
  });
  return stdout;
}

/** Gives the user copies of shared notebooks, brings up to date those that were not changed, and returns their folder. */
export async function giveCopies(): Promise<string> {
  await runPython([join(__dirname, 'copies.py'), workFolder]).catch(({ stderr }) => {
    throw new Failure(textOf({ code: 'copies.py', message: stderr }) ?? stderr);
  });
  return join(workFolder, 'notebooks');
}
