/** `npm run classroom`: JupyterHub for a class on this machine, and what that needs besides the lesson. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
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
import type { Language } from '../project/language.mjs';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { stopSignal } from '../project/shutdown-signals';
import { untilAnswers } from '../project/until-answers';
import { labExportArguments } from '../publish/html';
import { reportPage } from '../report/html';
import { installPackages, packagesInstalled } from '../setup/packages/npm.mjs';
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
        packagesInstalled(prepared) && (!canWrite(prepared) || (await outdated()).length === 0)
      );
    },
    async run(_, report) {
      for (const [name, text] of await outdated()) writeWhole(join(prepared, name), text);
      if (!packagesInstalled(prepared)) await installPackages(prepared, false, report);
      return prepared;
    },
  },
];

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

/**
 * Makes sure that accounts other than the owner's and group's may enter or run these programs or folders,
 * by absolute paths, and all on the way to them and to what they lead to.
 *
 * @throws Failure that names what is closed
 */
export function assertReachable(paths: readonly string[]): void {
  for (const path of paths) {
    const real = realpathSync(path);
    for (const end of [path, real]) {
      const way = end.split(sep).map((_, i, parts) => parts.slice(0, i + 1).join(sep) || sep);
      const closed = way.find(each => !(lstatSync(each).mode & 0o001));
      if (closed) throw new Failure(messages().classroom.unreachable(real, closed));
    }
  }
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
 * @throws Failure if learners with accounts of their own cannot run what is there, or the hub ends by
 * itself
 */
export async function openClassroom(python: PythonEnvironment, options: Options): Promise<void> {
  const { port, language, folder = join(homedir(), 'digits-classroom'), limits = '' } = options;
  const said = messages().classroom;
  const accounts = accountsFor(options);
  const teacher = teacherFor(accounts, options.teacher);
  const program = python.program('python');
  if (accounts === 'system') {
    const read = ['node_modules', 'data', 'build/classroom'].map(name => join(projectRoot, name));
    assertReachable([program, process.execPath, ...read]);
  }
  const own = join(folder, 'hub'); // the cookies' key, the database and the passwords
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const passwords = accounts === 'shared' && {
    learners: passwordIn(join(own, 'password')),
    teacher: passwordIn(join(own, 'teacher-password')),
  };
  const given: Given = { folder, accounts, passwords, port, language, teacher, limits };
  const open = () => runHub(program, own, given);
  await withLock(join(own, 'lock'), open, holder => console.log(said.stillOpen(folder, holder)));
}

/** What `jupyterhub_config.py` is given, and explains, besides the ports. */
type Given = Required<
  Pick<Options, 'folder' | 'accounts' | 'port' | 'language' | 'teacher' | 'limits'>
> & { passwords: false | { learners: string; teacher: string } };

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
  const stop = stopSignal();
  stop.addEventListener('abort', () => hub.kill('SIGTERM'));
  const ended = once(hub, 'exit').then(([code, signal]) => code ?? signal);
  const address = `http://127.0.0.1:${port}`;
  // The proxy answers before the hub does, and complains of each question.
  const asking = new AbortController();
  void ended.then(() => asking.abort());
  const ready =
    (await untilAnswers(`http://127.0.0.1:${hubPort}/hub/health`, asking.signal)) &&
    (await untilAnswers(`${address}/hub/health`, asking.signal));
  if (ready && !stop.aborted) {
    writeWhole(kept, String(hubPort));
    const page = `${address}/hub/class`;
    console.log(said.opened(address));
    console.log(passwords ? said.logInShared(passwords.learners) : said.logInSystem);
    if (passwords) console.log(said.teacherShared(teacher, passwords.teacher, page));
    else console.log(teacher ? said.teacherSystem(teacher, page) : said.nobody);
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
