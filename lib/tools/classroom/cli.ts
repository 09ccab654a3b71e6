/**
 * `npm run classroom`: sets up what is missing, then opens JupyterHub for a class on this machine.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, speak } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { messages } from '../project/messages';
import { ACCOUNTS, openHub } from './hub';
import { prepare } from './prepare';

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

void runCommand(main);
