/** Where JupyterLab keeps its files: apart from the learner's own Jupyter, whose configuration may open the door. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';

const own = join(projectRoot, 'build', 'jupyter');

/**
 * Returns the environment that JupyterLab runs in: the learner's own without the variables that steer
 * Jupyter. They would bring in configuration, a fixed token, or kernels of another machine.
 */
export function labEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const config = join(own, 'config');
  // Else it would bring in the configuration of an old IPython.
  writeWhole(join(config, 'migrated'), '');
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !/^JUPYTER/i.test(name))),
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: join(own, 'data'),
    JUPYTER_RUNTIME_DIR: join(own, 'runtime'),
    JUPYTER_PREFER_ENV_PATH: '1',
  };
}

/** Remembers which files of this server were open; those of another one would be missing here. */
export const workspaces = join(own, 'workspaces');

/** Returns where the learner's own settings of JupyterLab lie; ours where that cannot be written to. */
export function userSettings(env: NodeJS.ProcessEnv = process.env): string {
  try {
    const folder =
      env.JUPYTERLAB_SETTINGS_DIR ||
      join(env.JUPYTER_CONFIG_DIR || join(homedir(), '.jupyter'), 'lab', 'user-settings');
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return join(own, 'settings');
  }
}
