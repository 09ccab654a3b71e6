/** Keeps Jupyter's files apart from the learner's own Jupyter, which may be insecure or read-only. */
import { join } from 'node:path';
import { writeWhole } from 'command/machine/files';
import { isShared, projectRoot, pythonEnvironment, workFolder } from 'command/machine/paths';
import { describeError, Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';

export const jupyterFolder = join(workFolder, 'build', 'jupyter');

/** Returns the environment without Jupyter variables, which could add configuration, tokens or remote kernels. */
export function jupyterEnvironment(): NodeJS.ProcessEnv {
  const config = join(jupyterFolder, 'config');
  // Prevents Jupyter from importing the configuration of an old IPython.
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

/** Runs a Python module or script with `input` on stdin. Returns the output. */
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

/** Copies the notebooks of a shared installation into the user's folder, and updates unchanged copies. */
export async function copySharedNotebooks(): Promise<void> {
  if (!isShared) return;
  await runPython([join(__dirname, 'copies.py'), workFolder]).catch(({ stderr }) => {
    throw new Failure(describeError({ code: 'copies.py', message: stderr }) ?? stderr);
  });
  console.log(messages().prepare.copies(join(workFolder, 'notebooks')));
}
