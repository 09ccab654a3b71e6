import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, join } from 'node:path';
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';
import { freePort } from '../project/free-port';
import { endsWithParent } from '../project/parent.mjs';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { untilAnswers } from '../project/until-answers';
import { assertReachable } from './reachable';

/** Whose accounts learners have: all of them one, with a password, or each that of this machine. */
export const ACCOUNTS = ['shared', 'system'] as const;

export interface Classroom {
  readonly python: PythonEnvironment;
  readonly port: number;
  readonly folder: string;
  readonly accounts: (typeof ACCOUNTS)[number];
  readonly language: Language;
}

/**
 * Runs JupyterHub with the classroom's configuration until it ends or Ctrl+C ends it.
 *
 * @param onReady is called with the address once the hub answers.
 * @throws Failure where a port is taken, where learners with accounts of their own cannot run what is
 * there, or where the hub ends by itself.
 */
export async function openHub(room: Classroom, onReady: (address: string) => void): Promise<void> {
  const { python, port, folder, accounts, language } = room;
  for (const each of [port, port + 1, port + 2]) {
    if ((await freePort(each)) !== each) throw taken(each, port);
  }
  if (accounts === 'system') {
    const folders = ['node_modules', 'data', 'build/classroom'].map(each =>
      join(projectRoot, each),
    );
    assertReachable([python.program('python'), process.execPath, ...folders]);
  }
  const config = join(__dirname, 'jupyterhub_config.py');
  const [program, ...args] = endsWithParent([
    python.program('python'),
    ...['-m', 'jupyterhub', '--config', config],
  ]);
  const hub = spawn(program, args, {
    cwd: folder,
    env: {
      ...process.env,
      // The proxy is a script for Node.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      DIGITS_CLASSROOM_FOLDER: folder,
      DIGITS_CLASSROOM_ACCOUNTS: accounts,
      DIGITS_CLASSROOM_PORT: String(port),
      DIGITS_CLASSROOM_LANGUAGE: language,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: npm and the terminal would both hand on a Ctrl+C.
    detached: true,
  });
  let stopping = false;
  const stop = () => {
    if (!stopping) hub.kill('SIGTERM');
    stopping = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  const ended = once(hub, 'exit').then(([code]) => code);
  const address = `http://127.0.0.1:${port}`;
  // The proxy answers before the hub does, and complains of each question.
  const asking = new AbortController();
  void ended.then(() => asking.abort());
  const ready =
    (await untilAnswers(`http://127.0.0.1:${port + 1}/hub/health`, asking.signal)) &&
    (await untilAnswers(`${address}/hub/health`, asking.signal));
  if (ready && !stopping) onReady(address);
  const code = await ended;
  if (!stopping) throw endedByItself(code);
}

const taken = (port: number, first: number) =>
  new Failure({
    en: `Port ${port} is taken: the classroom needs ${first}, ${first + 1} and ${first + 2}. Choose another: npm run classroom -- --port ${first + 100}`,
    zh: `端口 ${port} 已被占用：教室需要 ${first}、${first + 1} 和 ${first + 2}。请换一个：npm run classroom -- --port ${first + 100}`,
  });

const endedByItself = (code: unknown) =>
  new Failure({
    en: `JupyterHub stopped unexpectedly (exit code ${code}); see its messages above.`,
    zh: `JupyterHub 意外退出（退出码 ${code}），原因见上面的信息。`,
  });
