/** Runs `npm run classroom`: a JupyterHub for a class on this machine. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { canWrite } from 'command/machine/disk.mjs';
import { readText, writeWhole } from 'command/machine/files';
import { type PythonEnvironment, projectRoot } from 'command/machine/paths';
import { readYaml } from 'command/machine/yaml';
import { packagesInstalled } from 'command/npm/installed.mjs';
import { installPackages } from 'command/npm/npm.mjs';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import type { Language } from 'command/output/language.mjs';
import { messages } from 'command/output/messages';
import { freePort } from 'command/processes/free-port';
import { withLock } from 'command/processes/lock.mjs';
import { shutdownSignal } from 'command/processes/shutdown-signals';
import { waitForServer } from 'command/processes/wait-for-server';
import { exportArguments } from 'lab/export/options';
import { labExtensionFiles, labSettings } from 'lab/settings';
import { prepare } from 'lab/setup/prepare';
import { kernelSpec } from 'lab/setup/steps/kernel';
import type { Step } from 'lab/setup/steps/step';
import { reportPage } from '../report/html';

const buildFolder = join(projectRoot, 'build', 'classroom');

export async function main(options: Options): Promise<void> {
  assertAllowed(); // fail before set-up starts
  const { python } = await prepare(options, { extras: ['classroom'], steps: [classroomStep] });
  if (options.prepare) console.log(messages().classroom.ready);
  else await openClassroom(python, options);
}

/** Returns the files for the hub's proxy and for the learners' servers (`singleuser.py`), by path. */
async function preparedFiles(): Promise<Record<string, string>> {
  const text = (...path: string[]) => readFileSync(join(...path), 'utf8');
  const labOptions = readYaml<string[]>(join(__dirname, 'settings.yml'));
  const args = [
    `--LabApp.extra_labextensions_path=${join(buildFolder, 'labextensions')}`,
    ...labOptions.map(option => `--${option}`),
    ...(await exportArguments('lesson')),
  ];
  // `teacher.py` adds a token.
  const report = (language: Language) =>
    reportPage({ liveUrl: '/hub/class/hand-ins?_xsrf=$XSRF' }, language);
  return {
    // A separate lock file keeps the proxy's packages off learners' machines.
    'package.json': text(__dirname, 'proxy', 'package.json'),
    'package-lock.json': text(__dirname, 'proxy', 'package-lock.json'),
    '.npmrc': text(projectRoot, '.npmrc'),
    ...labExtensionFiles('labextensions'),
    'kernels/tslab/kernel.json': kernelSpec(),
    'server.json': `${JSON.stringify(args, undefined, 2)}\n`,
    'en/overrides.json': labSettings('en'),
    'zh/overrides.json': labSettings('zh'),
    'en/report.html': report('en'),
    'zh/report.html': report('zh'),
  };
}

const outdatedFiles = async (): Promise<[string, string][]> =>
  Object.entries(await preparedFiles()).filter(
    ([name, text]) => readText(join(buildFolder, name)) !== text,
  );

/** The set-up step that only a classroom needs. */
export const classroomStep: Step = {
  title: () => messages().classroom.servers,
  async isDone() {
    // A read-only installation by another account counts as done.
    return (
      (await packagesInstalled(buildFolder)) &&
      (!canWrite(buildFolder) || (await outdatedFiles()).length === 0)
    );
  },
  async run(_, report) {
    for (const [name, text] of await outdatedFiles()) writeWhole(join(buildFolder, name), text);
    if (!(await packagesInstalled(buildFolder))) await installPackages(buildFolder, false, report);
    return buildFolder;
  },
};

/**
 * @throws Failure on Windows, which JupyterHub does not support, and for root, because all learners' code would run
 * as root
 */
export function assertAllowed(platform = process.platform): void {
  const { windows, byRoot } = messages().classroom;
  if (platform === 'win32') throw new Failure(windows);
  if (process.geteuid?.() === 0) throw new Failure(byRoot);
}

/** Returns the stored password, or creates a password. Teachers may replace it by 8 or more characters. */
function readPassword(file: string): string {
  if (!existsSync(file)) writeWhole(file, `${randomBytes(5).toString('hex')}\n`, 0o600);
  const password = readFileSync(file, 'utf8').trim();
  if (password.length < 8) throw new Failure(messages().classroom.shortPassword(file));
  return password;
}

/**
 * Runs JupyterHub with the classroom's configuration until the hub exits or Ctrl+C. Waits while another hub is open,
 * because two hubs would compete for the proxy and the servers. Throws a Failure if the hub exits unexpectedly.
 */
async function openClassroom(python: PythonEnvironment, options: Options): Promise<void> {
  const { port, language, folder = join(homedir(), 'digits-classroom') } = options;
  const { teacher = 'teacher', limits = '' } = options;
  const dataFolder = join(folder, 'hub'); // cookie key, database and passwords
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const passwords = {
    learners: readPassword(join(dataFolder, 'password')),
    teacher: readPassword(join(dataFolder, 'teacher-password')),
  };
  const config: HubConfig = { folder, passwords, port, language, teacher, limits };
  const { stillOpen } = messages().classroom;
  await withLock(
    join(dataFolder, 'lock'),
    () => runHub(python.program('python'), dataFolder, config),
    holder => console.log(stillOpen(folder, holder)),
  );
}

/** Input of `jupyterhub_config.py`, documented there, without the ports. */
type HubConfig = Required<Pick<Options, 'folder' | 'port' | 'language' | 'teacher' | 'limits'>> & {
  passwords: { learners: string; teacher: string };
};

async function runHub(program: string, dataFolder: string, settings: HubConfig): Promise<void> {
  const { folder, passwords, port, teacher } = settings;
  const texts = messages().classroom;
  const logFile = join(dataFolder, 'log');
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.before`);
  const log = openSync(logFile, 'a', 0o600);
  // Keep the hub's port, even if the classroom's port changes: servers may outlive the hub, and reconnect to the same
  // port.
  const portFile = join(dataFolder, 'port');
  const freeHubPort = (preferred: number) => freePort(preferred === port ? port + 1 : preferred);
  const hubPort = await freeHubPort(Number(readText(portFile)) || port + 1);
  const ports = [port, hubPort, await freeHubPort(hubPort + 1)];
  const config = join(__dirname, 'jupyterhub_config.py');
  const hub = spawn(program, ['-m', 'jupyterhub', '--config', config], {
    cwd: dataFolder,
    env: {
      ...process.env,
      // The proxy is a Node script.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      DIGITS_CLASSROOM: JSON.stringify({ ...settings, ports }),
    },
    stdio: ['ignore', log, log, process.stderr],
  });
  const shutdown = shutdownSignal();
  shutdown.addEventListener('abort', () => hub.kill('SIGTERM'));
  const exit = once(hub, 'exit').then(([code, signal]) => code ?? signal);
  const address = `http://127.0.0.1:${port}`;
  // Wait for the hub first: the proxy logs an error for each request before the hub is up.
  const polling = new AbortController();
  void exit.then(() => polling.abort());
  const isReady =
    (await waitForServer(`http://127.0.0.1:${hubPort}/hub/health`, polling.signal)) &&
    (await waitForServer(`${address}/hub/health`, polling.signal));
  if (isReady && !shutdown.aborted) {
    writeWhole(portFile, String(hubPort));
    console.log(texts.opened(address));
    console.log(texts.logIn(passwords.learners));
    console.log(texts.teacher(teacher, passwords.teacher, `${address}/hub/class`));
    console.log(texts.files(folder));
  }
  const code = await exit;
  if (shutdown.aborted) return;
  if (isReady) throw new Failure(texts.crashed(code, logFile));
  for (const used of ports) {
    if ((await freePort(used)) !== used) throw new Failure(texts.portTaken(used, port + 100));
  }
  throw new Failure(texts.endedByItself(code, logFile));
}
