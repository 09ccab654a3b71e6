/** Folders in which JupyterLab remembers what was open and how it is set. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { canWrite } from '../project/disk.mjs';
import { jupyterFolder } from '../project/jupyter';

/** Remembers which files of this server were open; those of another one would be missing here. */
export const workspaces = join(jupyterFolder, 'workspaces');

/** Returns the folder of the learner's own settings of JupyterLab, or ours if that is not writable. */
export function userSettings(env: NodeJS.ProcessEnv = process.env): string {
  const folder =
    env.JUPYTERLAB_SETTINGS_DIR ||
    join(env.JUPYTER_CONFIG_DIR || join(homedir(), '.jupyter'), 'lab', 'user-settings');
  return canWrite(folder) ? folder : join(jupyterFolder, 'settings');
}
