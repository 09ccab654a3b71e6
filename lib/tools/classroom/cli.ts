/**
 * `npm run classroom`: sets up what is missing, then opens JupyterHub for a class on this machine.
 *
 *     npm run classroom -- [--port N] [--lang zh|en] [--folder DIR] [--accounts shared|system]
 *                          [--prefix DIR] [--prepare]
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { text } from 'digits/language';
import { runCommand, speak } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { ACCOUNTS, openHub } from './hub';
import { prepare } from './prepare';

const isRoot = process.geteuid?.() === 0;

async function main(): Promise<void> {
  const { language, port, folder, accounts, prefix, only } = readOptions();
  const { python } = await prepare(language, prefix);
  if (only) {
    console.log(text({ zh: '准备就绪。', en: 'Ready.' }));
    return;
  }
  mkdirSync(folder, { recursive: true });
  const password = () => readFileSync(join(folder, 'hub', 'password'), 'utf8').trim();
  await openHub({ python, port, folder, accounts, language }, address => {
    console.log(
      text({
        zh: `\n教室：${address}（仅限本机）`,
        en: `\nThe classroom: ${address} (this machine only)`,
      }),
    );
    console.log(
      accounts === 'shared'
        ? text({
            zh: `登录：任意名字，密码 ${password()}`,
            en: `To log in: any name, and the password ${password()}`,
          })
        : text({
            zh: '登录：本机的账户和密码',
            en: 'To log in: an account on this machine, with its password',
          }),
    );
    console.log(
      text({
        zh: `学生的文件和密码保存在 ${folder}。按 Ctrl+C 关闭教室。`,
        en: `Its files are in ${folder}. Ctrl+C ends the classroom, its servers and kernels.`,
      }),
    );
  });
}

function readOptions() {
  const values = parse();
  const language = speak(values.lang);
  const { port, folder, prefix } = values;
  const accounts = ACCOUNTS.find(each => each === values.accounts);
  if (!accounts) {
    throw new Failure({
      zh: `--accounts 只能是 shared（一个共用密码）或 system（本机账户）。收到：${values.accounts}`,
      en: `Expected --accounts shared (one password for all) or --accounts system (accounts on this machine). Received: ${values.accounts}`,
    });
  }
  if (accounts === 'shared' && isRoot) {
    throw new Failure({
      zh: '--accounts shared 不能由 root 启动：学生的单元格会以 root 身份运行，可以读写这台机器上的任何文件。请去掉这个选项，学生就用各自在本机的账户登录；或者用普通账户启动（不用 sudo），例如 su NAME -c "npm run classroom"。',
      en: '--accounts shared cannot be started by root: every learner’s cells would run as root and could read and change any file on this machine. Leave the option out, and learners log in with their own accounts on this machine; or start the classroom from an ordinary account, without sudo, as in su NAME -c "npm run classroom".',
    });
  }
  // The hub and its proxy take two ports after it.
  if (!/^\d{4,5}$/.test(port) || Number(port) < 1024 || Number(port) > 65_533) {
    throw new Failure({
      zh: `--port 应为 1024 到 65533 之间的整数。收到：${port}`,
      en: `Expected --port to be a whole number from 1024 to 65533. Received: ${port}`,
    });
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
    const { message } = error as Error;
    const usage =
      'npm run classroom -- [--port N] [--lang zh|en] [--folder DIR] [--accounts shared|system] [--prefix DIR] [--prepare]';
    throw new Failure({ zh: `${message}\n用法：${usage}`, en: `${message}\nUsage: ${usage}` });
  }
}

void runCommand(main);
