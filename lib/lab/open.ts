/** Runs `npm start`: JupyterLab with the lesson. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { canWrite } from 'command/machine/disk.mjs';
import { readText, sha256, writeWhole } from 'command/machine/files';
import { type PythonEnvironment, workFolder } from 'command/machine/paths';
import { readYaml } from 'command/machine/yaml';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import type { Language } from 'command/output/language.mjs';
import { messages } from 'command/output/messages';
import { freePort } from 'command/processes/free-port';
import { onShutdownSignal } from 'command/processes/shutdown-signals';
import { exportArguments } from './export/options';
import { copySharedNotebooks, jupyterFolder } from './jupyter/jupyter';
import { LabServer } from './server';
import { labSettings, writeLabExtensions } from './settings';
import { prepare } from './setup/prepare';

/** Sets up, starts JupyterLab, prints the address, and waits until JupyterLab exits or Ctrl+C ends it. */
export async function main(options: Options): Promise<number> {
  const { python } = await prepare(options);
  await copySharedNotebooks();
  const { language, stage, port: preferredPort } = options;
  const display = hasDisplay();
  const page = `/lab/tree/notebooks/lesson.${language}.ipynb`;
  const fragment = stage ? `#cell-id=stage-${stage}` : '';
  const firstPort = await freePort(preferredPort); // another process may take the port first; then serve.py tries the next
  const command = await labCommand(python, { port: firstPort, language }, page + fragment);
  // Before this line, a signal ends this process.
  onShutdownSignal(() => lab.shutDown());
  const lab = new LabServer(command);

  const port = await lab.waitUntilUp();
  if (port) {
    if (port !== preferredPort) console.log(messages().lab.portTaken(preferredPort, port));
    const addressWith = (token: string) =>
      `http://127.0.0.1:${port}${page}?token=${token}${fragment}`;
    // A one-time ticket for this account (own_account.py). Under WSL, a Windows browser connects as root.
    const knowsAccounts = existsSync('/proc/net/tcp') && !process.env.WSL_DISTRO_NAME;
    const ticket = knowsAccounts ? sha256(lab.token) : lab.token;
    if (options.browser && display) openBrowser(python, addressWith(ticket));
    const { opened, noDisplay } = messages().lab;
    console.log(opened(addressWith(lab.token), display ? '' : noDisplay));
  }
  const exitStatus = await lab.ended;
  if (lab.isEnding || exitStatus === 0) return 0;
  throw new Failure(messages().lab.stopped(exitStatus));
}

/** Returns whether a browser window can open: not over SSH, and on Linux only with a display. */
function hasDisplay(env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function openBrowser(python: PythonEnvironment, address: string): void {
  const args = ['-I', '-m', 'webbrowser', '-t', address];
  const detached = { stdio: 'ignore', detached: true, windowsHide: true } as const;
  const browser = spawn(python.program('python'), args, detached);
  browser.on('error', () => {}).unref(); // ignore: the address is also printed
}

const settings = readYaml<string[]>(join(__dirname, 'settings.yml'));

/** Returns the command that starts JupyterLab. The token is passed in an environment variable. */
export async function labCommand(
  python: PythonEnvironment,
  { port, language }: Pick<Options, 'port' | 'language'>,
  page: string,
): Promise<string[]> {
  return [
    python.program('python'),
    // Isolated mode ignores Python's variables and the learner's packages.
    '-I',
    // Hides warnings about endpoints without authorization; settings.yml requires it for all.
    ...['-W', 'ignore:Extension endpoints'],
    ...[join(__dirname, 'serve.py'), language],
    `--ServerApp.port=${port}`,
    ...settings.map(each => `--${each}`),
    `--ServerApp.root_dir=${workFolder}`,
    `--ServerApp.cookie_secret_file=${cookieSecretFile()}`,
    `--LabApp.default_url=${page}`,
    `--LabApp.app_settings_dir=${writeSettingsFolder(language)}`,
    `--LabApp.user_settings_dir=${userSettingsFolder()}`,
    // JupyterLab's list of open files. Separate from other servers, because other servers' files are missing here.
    `--LabApp.workspaces_dir=${join(jupyterFolder, 'workspaces')}`,
    `--LabApp.extra_labextensions_path=${writeLabExtensions()}`,
    ...(await exportArguments('lesson')),
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
}

/**
 * Returns the file with the cookie key. A stored key lets an open page reconnect to the next server. Written
 * atomically, so that two servers that start at once never use an empty, guessable key.
 */
function cookieSecretFile(): string {
  const file = join(jupyterFolder, 'cookie_secret');
  const isComplete = (readText(file)?.length ?? 0) >= 32;
  if (!isComplete) writeWhole(file, randomBytes(32).toString('base64'), 0o600);
  return file;
}

function writeSettingsFolder(language: Language): string {
  const folder = join(workFolder, 'build', 'setup', `lab-${language}`);
  writeWhole(join(folder, 'overrides.json'), labSettings(language));
  return folder;
}

/** Returns the folder of the learner's JupyterLab settings, or a project folder if not writable. */
function userSettingsFolder(): string {
  const { env } = process;
  const folder =
    env.JUPYTERLAB_SETTINGS_DIR ||
    join(env.JUPYTER_CONFIG_DIR || join(homedir(), '.jupyter'), 'lab', 'user-settings');
  return canWrite(folder) ? folder : join(jupyterFolder, 'settings');
}
