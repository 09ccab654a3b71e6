/** `npm run classroom`: JupyterHub for a class on this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Options } from '../options.mjs';
import { onShutdownSignal } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { readText, writeWhole } from '../project/files';
import { freePort } from '../project/free-port';
import { messages } from '../project/messages';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { untilAnswers } from '../project/until-answers';
import { endsWithParent } from '../project/watch-parent.mjs';
import { accountsFor, assertReachable } from './prepare';

/**
 * Runs JupyterHub with the classroom's configuration until it ends or Ctrl+C ends it.
 *
 * @throws Failure if learners with accounts of their own cannot run what is there, or the hub ends by
 * itself
 */
export async function openClassroom(python: PythonEnvironment, options: Options): Promise<void> {
  const { port, language, folder = join(homedir(), 'digits-classroom') } = options;
  const said = messages().classroom;
  const accounts = accountsFor(options);
  mkdirSync(folder, { recursive: true });
  if (accounts === 'system') {
    const folders = ['node_modules', 'data', 'build/classroom'].map(each =>
      join(projectRoot, each),
    );
    assertReachable([python.program('python'), process.execPath, ...folders]);
  }
  // Servers that have outlived their hub know its port alone: it stays, whatever the classroom's own is.
  const kept = join(folder, 'hub', 'port');
  const wanted = Number(readText(kept)) || port + 1;
  const hubPort = await freePort(wanted === port ? port + 1 : wanted);
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
      DIGITS_CLASSROOM_HUB_PORT: String(hubPort),
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
  onShutdownSignal(stop);

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
    const password = () => readFileSync(join(folder, 'hub', 'password'), 'utf8').trim();
    console.log(accounts === 'shared' ? said.logInShared(password()) : said.logInSystem);
    console.log(said.files(folder));
  }
  const code = await ended;
  if (!stopping) throw new Failure((ready ? said.crashed : said.endedByItself)(code));
}
