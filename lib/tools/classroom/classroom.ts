/** `npm run classroom`: JupyterHub for a class on this machine, and what that needs besides the lesson. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { labExtensions, labSettings } from '../lab/settings';
import type { Options } from '../options.mjs';
import { canWrite } from '../project/disk.mjs';
import { Failure } from '../project/failure.mjs';
import { readText, writeWhole } from '../project/files';
import { freePort } from '../project/free-port';
import type { Language } from '../project/language.mjs';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { shutdownSignal } from '../project/shutdown-signals';
import { waitForServer } from '../project/until-answers';
import { labExportArguments } from '../publish/html';
import { reportPage } from '../report/html';
import { packagesInstalled } from '../setup/packages/installed.mjs';
import { installPackages } from '../setup/packages/npm.mjs';
import { kernelSpec } from '../setup/steps/kernel';
import type { Step } from '../setup/steps/step';

const prepared = join(projectRoot, 'build', 'classroom');

/** Returns what the hub's proxy and each learner's server, `singleuser.py`, need there, by its path. */
async function files(): Promise<Record<string, string>> {
  const text = (...path: string[]) => readFileSync(join(...path), 'utf8');
  const own: string[] = parse(text(__dirname, 'settings.yml'));
  const args = [
    `--LabApp.extra_labextensions_path=${labExtensions}`,
    ...own.map(each => `--${each}`),
    ...(await labExportArguments()),
  ];
  // `teacher.py` adds a token.
  const report = (language: Language) =>
    reportPage({ live: '/hub/class/hand-ins?_xsrf=$XSRF' }, language);
  return {
    // The proxy has a lock file of its own, so that no learner's machine installs its packages.
    'package.json': text(__dirname, 'proxy', 'package.json'),
    'package-lock.json': text(__dirname, 'proxy', 'package-lock.json'),
    '.npmrc': text(projectRoot, '.npmrc'),
    'kernels/tslab/kernel.json': kernelSpec(),
    'server.json': `${JSON.stringify(args, undefined, 2)}\n`,
    'en/overrides.json': labSettings('en'),
    'zh/overrides.json': labSettings('zh'),
    'en/report.html': report('en'),
    'zh/report.html': report('zh'),
  };
}

const outdated = async (): Promise<[string, string][]> =>
  Object.entries(await files()).filter(([name, text]) => readText(join(prepared, name)) !== text);

/** What a classroom needs besides the lesson. */
export const classroomSteps: readonly Step[] = [
  {
    title: () => messages().classroom.servers,
    async isDone() {
      // What somebody else has prepared does.
      return (
        (await packagesInstalled(prepared)) &&
        (!canWrite(prepared) || (await outdated()).length === 0)
      );
    },
    async run(_, report) {
      for (const [name, text] of await outdated()) writeWhole(join(prepared, name), text);
      if (!(await packagesInstalled(prepared))) await installPackages(prepared, false, report);
      return prepared;
    },
  },
];

/** @throws Failure on Windows, which JupyterHub does not know, and to root, as whom all learners' cells would run */
export function assertAllowed(platform = process.platform): void {
  const { windows, byRoot } = messages().classroom;
  if (platform === 'win32') throw new Failure(windows);
  if (process.geteuid?.() === 0) throw new Failure(byRoot);
}

/** Returns a password that was made once, or what a teacher wrote there, of 8 characters or more. */
function passwordIn(file: string): string {
  if (!existsSync(file)) writeWhole(file, `${randomBytes(5).toString('hex')}\n`, 0o600);
  const password = readFileSync(file, 'utf8').trim();
  if (password.length < 8) throw new Failure(messages().classroom.shortPassword(file));
  return password;
}

/**
 * Runs JupyterHub with the classroom's configuration until it ends or Ctrl+C ends it; waits for one that
 * is open still, since two would take the proxy and the servers from each other.
 *
 * @throws Failure if the hub ends by itself
 */
export async function openClassroom(python: PythonEnvironment, options: Options): Promise<void> {
  const { port, language, folder = join(homedir(), 'digits-classroom') } = options;
  const { teacher = 'teacher', limits = '' } = options;
  const own = join(folder, 'hub'); // the cookies' key, the database and the passwords
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const passwords = {
    learners: passwordIn(join(own, 'password')),
    teacher: passwordIn(join(own, 'teacher-password')),
  };
  const given: Given = { folder, passwords, port, language, teacher, limits };
  const { stillOpen } = messages().classroom;
  await withLock(
    join(own, 'lock'),
    () => runHub(python.program('python'), own, given),
    holder => console.log(stillOpen(folder, holder)),
  );
}

/** What `jupyterhub_config.py` is given, and explains, besides the ports. */
type Given = Required<Pick<Options, 'folder' | 'port' | 'language' | 'teacher' | 'limits'>> & {
  passwords: { learners: string; teacher: string };
};

/** Runs the hub in the folder of its own files. */
async function runHub(program: string, own: string, given: Given): Promise<void> {
  const { folder, passwords, port, teacher } = given;
  const said = messages().classroom;
  const logFile = join(own, 'log');
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.before`);
  const log = openSync(logFile, 'a', 0o600);
  // Servers that have outlived their hub know its port alone: it stays, whatever the classroom's own is.
  const kept = join(own, 'port');
  const another = (wanted: number) => freePort(wanted === port ? port + 1 : wanted);
  const hubPort = await another(Number(readText(kept)) || port + 1);
  const ports = [port, hubPort, await another(hubPort + 1)];
  const config = join(__dirname, 'jupyterhub_config.py');
  const hub = spawn(program, ['-m', 'jupyterhub', '--config', config], {
    cwd: own,
    env: {
      ...process.env,
      // The proxy is a script for Node.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      DIGITS_CLASSROOM: JSON.stringify({ ...given, ports }),
    },
    stdio: ['ignore', log, log, process.stderr],
  });
  const stop = shutdownSignal();
  stop.addEventListener('abort', () => hub.kill('SIGTERM'));
  const ended = once(hub, 'exit').then(([code, signal]) => code ?? signal);
  const address = `http://127.0.0.1:${port}`;
  // The proxy answers before the hub does, and complains of each question.
  const asking = new AbortController();
  void ended.then(() => asking.abort());
  const ready =
    (await waitForServer(`http://127.0.0.1:${hubPort}/hub/health`, asking.signal)) &&
    (await waitForServer(`${address}/hub/health`, asking.signal));
  if (ready && !stop.aborted) {
    writeWhole(kept, String(hubPort));
    console.log(said.opened(address));
    console.log(said.logIn(passwords.learners));
    console.log(said.teacher(teacher, passwords.teacher, `${address}/hub/class`));
    console.log(said.files(folder));
  }
  const code = await ended;
  if (stop.aborted) return;
  if (ready) throw new Failure(said.crashed(code, logFile));
  for (const each of ports) {
    if ((await freePort(each)) !== each) throw new Failure(said.portTaken(each, port + 100));
  }
  throw new Failure(said.endedByItself(code, logFile));
}
