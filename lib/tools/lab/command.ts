/** The command that runs JupyterLab on the lesson. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { canWrite } from '../project/disk.mjs';
import { writeWhole } from '../project/files';
import { jupyterFolder } from '../project/jupyter';
import type { Language } from '../project/language.mjs';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { labExportArguments } from '../publish/html';
import { labExtensions, labSettings } from './settings';

interface Lab {
  readonly port: number;
  readonly language: Language;
  readonly page: string;
  readonly browser: boolean;
}

/** Returns the command. It wants the token, and our process's number, in its environment. */
export async function labCommand(
  python: PythonEnvironment,
  { port, language, page, browser }: Lab,
): Promise<string[]> {
  return [
    python.program('python'),
    // Apart from Python's variables and the learner's own packages.
    '-I',
    // Of endpoints that leave their door to the server; it is shut, see below.
    ...['-W', 'ignore:Extension endpoints'],
    ...[join(__dirname, 'serve.py'), language],
    ...['--ServerApp.log_level=WARN', '--LabApp.log_level=WARN'],
    // It would warn that there is no kernel of Python.
    '--KernelSpecManager.ensure_native_kernel=False',
    ...[`--ServerApp.port=${port}`, '--ServerApp.port_retries=0'],
    ...onlyWithToken,
    `--ServerApp.root_dir=${projectRoot}`,
    // A page that is still open goes on with the next server.
    `--ServerApp.cookie_secret_file=${join(jupyterFolder, 'cookie_secret')}`,
    '--ServerApp.base_url=/',
    `--ServerApp.open_browser=${browser ? 'True' : 'False'}`,
    // Browsers in a sandbox (Ubuntu's) cannot read the file that would send them on.
    '--ServerApp.use_redirect_file=False',
    // A busy kernel is killed after this, in seconds, when the server ends.
    '--KernelManager.shutdown_wait_time=2',
    // It would drop figures that come at once, and what is printed; the kernel says itself what is too much.
    '--ZMQChannelsWebsocketConnection.limit_rate=False',
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
 * Lets nobody in without the token, on this machine alone. Arguments stand above every configuration
 * file: also above those of the administrator and of a Python environment that was there before.
 */
const onlyWithToken = [
  ...['--ServerApp.ip=127.0.0.1', '--ServerApp.sock='],
  '--ServerApp.identity_provider_class=jupyter_server.auth.identity.PasswordIdentityProvider',
  '--ServerApp.login_handler_class=jupyter_server.auth.login.LegacyLoginHandler',
  '--ServerApp.PasswordIdentityProvider.hashed_password=',
  '--ServerApp.PasswordIdentityProvider.password_required=False',
  '--ServerApp.PasswordIdentityProvider.allow_password_change=False',
  '--ServerApp.allow_unauthenticated_access=False',
  '--ServerApp.disable_check_xsrf=False',
  ...['--ServerApp.allow_origin=', '--ServerApp.allow_origin_pat='],
  '--ServerApp.allow_remote_access=False',
  // The address that is printed begins with http.
  ...['--ServerApp.certfile=', '--ServerApp.keyfile='],
];

function writeSettings(language: Language): string {
  const folder = join(projectRoot, 'build', 'setup', `lab-${language}`);
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
