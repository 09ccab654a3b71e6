/** `npm run classroom`: JupyterHub for a class on this machine, and what that needs besides the lesson. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { parse } from 'yaml';
import { labExtensions, labSettings } from '../lab/settings';
import type { Options } from '../options.mjs';
import { canWrite } from '../project/disk.mjs';
import { Failure } from '../project/failure.mjs';
import { readText, writeWhole } from '../project/files';
import { freePort } from '../project/free-port';
import { messages } from '../project/messages';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { onShutdownSignal } from '../project/shutdown-signals';
import { untilAnswers } from '../project/until-answers';
import { labExportArguments } from '../publish/html';
import { reportPage } from '../report/html';
import { installPackages, packagesInstalled } from '../setup/packages/npm.mjs';
import { kernelSpec } from '../setup/steps/kernel';
import type { Step } from '../setup/steps/step';

const prepared = join(projectRoot, 'build', 'classroom');

/** Installs the proxy by a lock file of its own, so that no learner's machine installs its packages. */
const proxyStep: Step = {
  title: () => messages().classroom.proxy,
  isDone() {
    const name = 'package-lock.json';
    const fresh = readText(join(prepared, name)) === readText(join(__dirname, 'proxy', name));
    return fresh && packagesInstalled(prepared);
  },
  async run(_, report) {
    mkdirSync(prepared, { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) {
      copyFileSync(join(__dirname, 'proxy', name), join(prepared, name));
    }
    copyFileSync(join(projectRoot, '.npmrc'), join(prepared, '.npmrc'));
    await installPackages(prepared, false, report);
    return 'configurable-http-proxy';
  },
};

/** Writes JupyterLab's settings, and the arguments of each learner's server for `singleuser.py`. */
const settingsStep: Step = {
  title: () => messages().classroom.settings,
  async isDone() {
    const there = (name: string) => readText(join(prepared, name));
    // Those that somebody else has prepared do.
    if (there('server.json') && !canWrite(prepared)) return true;
    return Object.entries(await settings()).every(([name, content]) => there(name) === content);
  },
  async run() {
    for (const [name, content] of Object.entries(await settings())) {
      writeWhole(join(prepared, name), content);
    }
    return prepared;
  },
};

async function settings(): Promise<Record<string, string>> {
  const own: string[] = parse(readFileSync(join(__dirname, 'settings.yml'), 'utf8'));
  const args = [
    `--LabApp.extra_labextensions_path=${labExtensions}`,
    ...own.map(each => `--${each}`),
    ...(await labExportArguments()),
  ];
  return {
    'kernels/tslab/kernel.json': kernelSpec(),
    'server.json': `${JSON.stringify(args, undefined, 2)}\n`,
    // `teacher.py` adds the language and a token.
    'report.html': reportPage({ live: '/hub/class/hand-ins?_xsrf=$XSRF' }, 'en').replace(
      'data-language="en"',
      'data-language="$LANGUAGE"',
    ),
    'en/overrides.json': labSettings('en'),
    'zh/overrides.json': labSettings('zh'),
  };
}

/** What a classroom needs besides the lesson. */
export const classroomSteps: readonly Step[] = [proxyStep, settingsStep];

/**
 * Returns whose accounts the learners have.
 *
 * @throws Failure on Windows, which JupyterHub does not know, and where all would be root
 */
export function accountsFor(
  { accounts }: Pick<Options, 'accounts'>,
  platform = process.platform,
): 'shared' | 'system' {
  const { windows, sharedByRoot } = messages().classroom;
  if (platform === 'win32') throw new Failure(windows);
  const isRoot = process.geteuid?.() === 0;
  if (accounts === 'shared' && isRoot) throw new Failure(sharedByRoot);
  return accounts ?? (isRoot ? 'system' : 'shared');
}

/**
 * Returns who has the teacher's page: whoever is named; else `teacher` where one password serves all, or
 * the account that started the classroom by sudo; none if there is no such.
 *
 * @throws Failure if there is no account of this name, or it is root's, which cannot log in
 */
export function teacherFor(accounts: 'shared' | 'system', given?: string): string {
  if (accounts === 'shared') return given ?? 'teacher';
  const name = given ?? process.env.SUDO_USER ?? '';
  const id = spawnSync('id', ['-u', '--', name], { encoding: 'utf8' }).stdout.trim();
  if (id && id !== '0') return name;
  if (given === undefined) return '';
  throw new Failure(messages().classroom.noTeacher(given));
}

/** Lists the folders from the root down to a file or folder, and that itself. */
const wayTo = (path: string): string[] =>
  path.split(sep).map((_, i, parts) => parts.slice(0, i + 1).join(sep) || sep);

/**
 * Makes sure that accounts other than the owner's and group's may enter or run these programs or folders,
 * by absolute paths, and all on the way to them and to what they lead to.
 *
 * @throws Failure that names what is closed
 */
export function assertReachable(paths: readonly string[]): void {
  for (const path of paths) {
    const real = realpathSync(path);
    const closed = [...wayTo(path), ...wayTo(real)].find(each => !(lstatSync(each).mode & 0o001));
    if (closed) throw new Failure(messages().classroom.unreachable(real, closed));
  }
}

/**
 * Runs JupyterHub with the classroom's configuration until it ends or Ctrl+C ends it.
 *
 * @throws Failure if learners with accounts of their own cannot run what is there, or the hub ends by
 * itself
 */
export async function openClassroom(python: PythonEnvironment, options: Options): Promise<void> {
  const { port, language, folder = join(homedir(), 'digits-classroom'), limits = '' } = options;
  const said = messages().classroom;
  const accounts = accountsFor(options);
  const teacher = teacherFor(accounts, options.teacher);
  mkdirSync(join(folder, 'hub'), { recursive: true, mode: 0o700 });
  const logFile = join(folder, 'hub', 'log');
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.before`);
  const log = openSync(logFile, 'a', 0o600);
  if (accounts === 'system') {
    const names = ['node_modules', 'data', 'build/classroom'];
    const folders = names.map(name => join(projectRoot, name));
    assertReachable([python.program('python'), process.execPath, ...folders]);
  }
  // Servers that have outlived their hub know its port alone: it stays, whatever the classroom's own is.
  const kept = join(folder, 'hub', 'port');
  const wanted = Number(readText(kept)) || port + 1;
  const hubPort = await freePort(wanted === port ? port + 1 : wanted);
  const config = join(__dirname, 'jupyterhub_config.py');
  const hub = spawn(python.program('python'), ['-m', 'jupyterhub', '--config', config], {
    cwd: folder,
    env: {
      ...process.env,
      // The proxy is a script for Node.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      DIGITS_CLASSROOM_FOLDER: folder,
      DIGITS_CLASSROOM_ACCOUNTS: accounts,
      DIGITS_CLASSROOM_PORT: String(port),
      DIGITS_CLASSROOM_HUB_PORT: String(hubPort),
      DIGITS_CLASSROOM_LANGUAGE: language,
      DIGITS_CLASSROOM_TEACHER: teacher,
      DIGITS_CLASSROOM_LIMITS: limits,
    },
    stdio: ['ignore', log, log, process.stderr],
  });
  let stopping = false;
  onShutdownSignal(() => {
    if (stopping) process.exit(1);
    hub.kill('SIGTERM');
    stopping = true;
  });

  const ended = once(hub, 'exit').then(([code, signal]) => code ?? signal);
  const address = `http://127.0.0.1:${port}`;
  // The proxy answers before the hub does, and complains of each question.
  const asking = new AbortController();
  void ended.then(() => asking.abort());
  const ready =
    (await untilAnswers(`http://127.0.0.1:${hubPort}/hub/health`, asking.signal)) &&
    (await untilAnswers(`${address}/hub/health`, asking.signal));
  if (ready && !stopping) {
    writeWhole(kept, String(hubPort));
    console.log(said.opened(address));
    const password = (file: string) => readFileSync(join(folder, 'hub', file), 'utf8').trim();
    if (accounts === 'shared') {
      console.log(said.logInShared(password('password')));
      console.log(
        said.teacherShared(teacher, password('teacher-password'), `${address}/hub/class`),
      );
    } else {
      console.log(said.logInSystem);
      console.log(teacher ? said.teacherSystem(teacher, `${address}/hub/class`) : said.nobody);
    }
    console.log(said.files(folder));
  }
  const code = await ended;
  if (!stopping) throw new Failure((ready ? said.crashed : said.endedByItself)(code, logFile));
}
