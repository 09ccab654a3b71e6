/**
 * `npm run classroom`: sets up what is missing, then opens JupyterHub for a class on this machine.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from 'digits/language';
import { onShutdownSignal, runCommand, speak } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { readText, writeWhole } from '../project/files';
import { freePort } from '../project/free-port';
import { messages } from '../project/messages';
import { type PythonEnvironment, projectRoot } from '../project/paths';
import { untilAnswers } from '../project/until-answers';
import { endsWithParent } from '../project/watch-parent.mjs';
import { assertReachable, prepare } from './prepare';

/** Whose accounts learners have: all of them one, with a password, or each that of this machine. */
const ACCOUNTS = ['shared', 'system'] as const;

const USAGE =
  'npm run classroom -- [--port N] [--lang zh|en] [--folder DIR] [--accounts shared|system] [--prefix DIR] [--prepare]';

const isRoot = process.geteuid?.() === 0;

async function main(): Promise<void> {
  const { language, port, folder, accounts, prefix, only } = readOptions();
  const said = messages().classroom;
  const { python } = await prepare(prefix);
  if (only) {
    console.log(said.ready);
    return;
  }
  mkdirSync(folder, { recursive: true });
  const password = () => readFileSync(join(folder, 'hub', 'password'), 'utf8').trim();
  await openHub({ python, port, folder, accounts, language }, address => {
    console.log(said.opened(address));
    console.log(accounts === 'shared' ? said.logInShared(password()) : said.logInSystem);
    console.log(said.files(folder));
  });
}

function readOptions() {
  const values = parse();
  const language = speak(values.lang);
  const { port, folder, prefix } = values;
  const { wrongAccounts, sharedByRoot, wrongPort } = messages().classroom;
  const accounts = ACCOUNTS.find(each => each === values.accounts);
  if (!accounts) throw new Failure(wrongAccounts(values.accounts));
  if (accounts === 'shared' && isRoot) throw new Failure(sharedByRoot);
  // The hub and its proxy take two ports after it.
  if (!/^\d{4,5}$/.test(port) || Number(port) < 1024 || Number(port) > 65_533) {
    throw new Failure(wrongPort(port));
  }
  return {
    language,
    port: Number(port),
    folder: resolve(folder),
    accounts,
    prefix: prefix && resolve(prefix),
    only: values.prepare,
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8000' },
        lang: { type: 'string' },
        folder: { type: 'string', default: join(homedir(), 'digits-classroom') },
        accounts: { type: 'string', default: isRoot ? 'system' : 'shared' },
        prefix: { type: 'string' },
        prepare: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Failure(messages().classroom.usage((error as Error).message, USAGE));
  }
}

interface Classroom {
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
 * @throws Failure if learners with accounts of their own cannot run what is there, or the hub ends by
 * itself
 */
async function openHub(room: Classroom, onReady: (address: string) => void): Promise<void> {
  const { python, port, folder, accounts, language } = room;
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
    onReady(address);
  }
  const code = await ended;
  const { crashed, endedByItself } = messages().classroom;
  if (!stopping) throw new Failure((ready ? crashed : endedByItself)(code));
}

void runCommand(main);
