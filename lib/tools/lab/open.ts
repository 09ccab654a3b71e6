/** JupyterLab on the lesson, `npm start`: the command that runs it, from its start to its end. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Options } from '../options.mjs';
import { canWrite } from '../project/disk.mjs';
import { Failure } from '../project/failure.mjs';
import { readText, sha256, writeWhole } from '../project/files';
import { freePort } from '../project/free-port';
import { jupyterFolder } from '../project/jupyter';
import type { Language } from '../project/language.mjs';
import { messages } from '../project/messages';
import { type PythonEnvironment, workFolder } from '../project/paths';
import { onShutdownSignal } from '../project/shutdown-signals';
import { labExportArguments } from '../publish/html';
import { LabServer } from './server';
import { labExtensions, labSettings } from './settings';

/** Starts JupyterLab, prints its address, and stays until it ends or Ctrl+C ends it. */
export async function openLab(python: PythonEnvironment, options: Options): Promise<number> {
  const { language, stage, port: wanted } = options;
  const display = hasDisplay();
  const page = `/lab/tree/notebooks/lesson.${language}.ipynb`;
  const place = stage ? `#cell-id=stage-${stage}` : '';
  const from = await freePort(wanted); // another one may be quicker
  const command = await labCommand(python, { port: from, language }, page + place);
  // Up to here a signal ends this process itself.
  onShutdownSignal(() => lab.end());
  const lab = new LabServer(command);

  const port = await lab.answers();
  if (port) {
    if (port !== wanted) console.log(messages().lab.portTaken(wanted, port));
    const addressBy = (token: string) => `http://127.0.0.1:${port}${page}?token=${token}${place}`;
    // A ticket of the account's (own_account.py). In WSL, a browser of Windows comes as root.
    const knowsAccounts = existsSync('/proc/net/tcp') && !process.env.WSL_DISTRO_NAME;
    const ticket = knowsAccounts ? sha256(lab.token) : lab.token;
    if (options.browser && display) openBrowser(python, addressBy(ticket));
    const { opened, noDisplay } = messages().lab;
    console.log(opened(addressBy(lab.token), display ? '' : noDisplay));
  }
  const end = await lab.ended;
  if (lab.told || end === 0) return 0;
  throw new Failure(messages().lab.stopped(end));
}

/** Tells whether a window can be opened here: not over SSH, and on Linux only beside a display. */
function hasDisplay(env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens the browser, which lives on by itself. */
function openBrowser(python: PythonEnvironment, address: string): void {
  const args = ['-I', '-m', 'webbrowser', '-t', address];
  const apart = { stdio: 'ignore', detached: true, windowsHide: true } as const;
  const opening = spawn(python.program('python'), args, apart);
  opening.on('error', () => {}).unref(); // its address is printed as well
}

const settings: string[] = parse(readFileSync(join(__dirname, 'settings.yml'), 'utf8'));

/** Returns the command. It wants the token in its environment. */
export async function labCommand(
  python: PythonEnvironment,
  { port, language }: Pick<Options, 'port' | 'language'>,
  page: string,
): Promise<string[]> {
  return [
    python.program('python'),
    // Apart from Python's variables and the learner's own packages.
    '-I',
    // Of endpoints that leave their door to the server; it is shut, see settings.yml.
    ...['-W', 'ignore:Extension endpoints'],
    ...[join(__dirname, 'serve.py'), language],
    `--ServerApp.port=${port}`,
    ...settings.map(each => `--${each}`),
    `--ServerApp.root_dir=${workFolder}`,
    `--ServerApp.cookie_secret_file=${cookieSecret()}`,
    `--LabApp.default_url=${page}`,
    `--LabApp.app_settings_dir=${writeSettings(language)}`,
    `--LabApp.user_settings_dir=${userSettings()}`,
    // It remembers which files of this server were open; those of another one would be missing here.
    `--LabApp.workspaces_dir=${join(jupyterFolder, 'workspaces')}`,
    `--LabApp.extra_labextensions_path=${labExtensions}`,
    ...(await labExportArguments()),
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
}

/**
 * Returns the file with the key of the cookies, by which a page that is still open goes on with the next
 * server. It is there as a whole: of two servers that start at once, one would take the other's empty file
 * for a key that anybody knows.
 */
function cookieSecret(): string {
  const file = join(jupyterFolder, 'cookie_secret');
  const isWhole = (readText(file)?.length ?? 0) >= 32;
  if (!isWhole) writeWhole(file, randomBytes(32).toString('base64'), 0o600);
  return file;
}

function writeSettings(language: Language): string {
  const folder = join(workFolder, 'build', 'setup', `lab-${language}`);
  writeWhole(join(folder, 'overrides.json'), labSettings(language));
  return folder;
}

/** Returns the folder of the learner's own settings of JupyterLab, or ours if that is not writable. */
function userSettings(): string {
  const { env } = process;
  const folder =
    env.JUPYTERLAB_SETTINGS_DIR ||
    join(env.JUPYTER_CONFIG_DIR || join(homedir(), '.jupyter'), 'lab', 'user-settings');
  return canWrite(folder) ? folder : join(jupyterFolder, 'settings');
}
