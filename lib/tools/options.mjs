/** The command line of `npm start`, `npm test`, and of `npm run` with setup, doctor, lesson and site. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Failure, preferredLanguage } from './project/failure.mjs';

const flags = {
  start: ['stage', 'port', 'lang', 'no-browser', 'prefix'],
  setup: ['lang', 'prefix'],
  doctor: ['lang', 'prefix'],
  lesson: ['html', 'slides', 'lang', 'prefix'],
  site: ['serve', 'port', 'lang', 'prefix'],
};

const TIERS = ['test:unit', 'test', 'test:slow'];

/** Whether a command runs tests. */
export const isTier = command => TIERS.includes(command);

const lesson = new URL('../../notebooks/lesson.ts', import.meta.url);

/** How many stages the lesson has, by the numbers of its headings. */
export const STAGES = Math.max(
  ...Array.from(
    readFileSync(lesson, 'utf8').matchAll(/^\/\/ ## (\d+) /gm),
    ([, number]) => +number,
  ),
);

const known = {
  stage: { type: 'string' },
  port: { type: 'string' },
  lang: { type: 'string' },
  prefix: { type: 'string' },
  'no-browser': { type: 'boolean' },
  html: { type: 'boolean' },
  slides: { type: 'boolean' },
  serve: { type: 'boolean' },
  help: { type: 'boolean' },
};

const meaning = {
  stage: [
    '--stage N',
    `open the lesson at this stage, 1 to ${STAGES}`,
    `直接打开第 N 阶段，1～${STAGES}`,
  ],
  port: ['--port N', 'the first port to try; the default is 8888', '从哪个端口开始试，默认 8888'],
  lang: ['--lang zh|en', 'the language; the default is that of the system', '语言，默认与系统相同'],
  html: [
    '--html',
    'run nothing: write the saved notebooks as pages to build/',
    '不运行，只把保存的笔记本做成 build/ 中的网页',
  ],
  slides: [
    '--slides',
    'run nothing: write the saved lesson as slides to build/',
    '不运行，只把保存的课程做成 build/ 中的幻灯片',
  ],
  serve: ['--serve', 'serve the site on this machine once it is built', '网站生成后，在本机打开'],
  'no-browser': [
    '--no-browser',
    'print the address, without opening a browser',
    '只显示地址，不打开浏览器',
  ],
  prefix: [
    '--prefix DIR',
    'a Python environment to use instead of .venv',
    '使用已有的 Python 环境，不用 .venv',
  ],
};

const invocation = command => (command === 'start' ? 'npm start' : `npm run ${command}`);

/** What `--help` prints. */
export function usage(command) {
  const lines = column =>
    flags[command].map(flag => `  ${meaning[flag][0].padEnd(16)}${meaning[flag][column]}`);
  return {
    en: [`${invocation(command)} -- [options]`, ...lines(1)].join('\n'),
    zh: [`${invocation(command)} -- [选项]`, ...lines(2)].join('\n'),
  };
}

/** Reads the arguments after the command; those that run tests hand all of theirs on to mocha. */
export function readOptions(command, args, env = process.env) {
  const defaults = { command, language: preferredLanguage(undefined, env), port: 8888 };
  if (isTier(command)) return { ...defaults, browser: false, rest: args };

  const options = Object.fromEntries(
    Object.entries(known).filter(([name]) => name === 'help' || flags[command].includes(name)),
  );
  let values, positionals;
  try {
    ({ values, positionals } = parseArgs({ args, options, allowPositionals: true }));
  } catch (error) {
    const option = /'(-[^' ]+)/.exec(error.message)?.[1] ?? args.join(' ');
    if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      throw wrong(command, `${option} needs a value.`, `${option} 需要一个值。`);
    }
    throw wrong(command, `Unknown option ${option}.`, `未知选项 ${option}。`);
  }
  const given = { ...swallowed(command, positionals, env), ...values };
  const { lang, port = '8888', prefix, stage } = given;
  if (lang !== undefined && lang !== 'zh' && lang !== 'en') {
    throw wrong(
      command,
      `--lang must be zh or en. Received: ${lang}`,
      `--lang 只能是 zh 或 en，收到：${lang}`,
    );
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw wrong(
      command,
      `--port must be a whole number from 1 to 65535. Received: ${port}`,
      `--port 应当是 1 到 65535 之间的整数，收到：${port}`,
    );
  }
  if (stage !== undefined && !isStage(stage)) {
    throw wrong(
      command,
      `--stage must be a whole number from 1 to ${STAGES}. Received: ${stage}`,
      `--stage 应当是 1 到 ${STAGES} 之间的整数，收到：${stage}`,
    );
  }
  return {
    command,
    language: preferredLanguage(lang, env),
    stage: stage === undefined ? undefined : Number(stage),
    port: Number(port),
    browser: !given['no-browser'],
    html: given.html ?? false,
    slides: given.slides ?? false,
    serve: given.serve ?? false,
    prefix,
    help: given.help ?? false,
    rest: [],
  };
}

const isLanguage = value => /^(zh|en)$/.test(value);
const isStage = value => /^\d{1,2}$/.test(value) && value >= 1 && value <= STAGES;
const isPort = value => /^\d{4,5}$/.test(value);

/**
 * Returns the options that npm took for its own, which it does with those that stand behind no `--`;
 * and PowerShell drops the `--` itself where npm is that of Node 20 or 22. Of `--lang zh` npm leaves
 * `zh`; of `--stage 3` it leaves `3`, and `true` in npm_config_stage, but nothing there where
 * `--no-browser` stands before; of `--stage=3` the variable holds 3. A value that suits no option here
 * is somebody's setting for npm itself.
 */
function swallowed(command, words, env) {
  const taken = { lang: isLanguage, stage: isStage, port: isPort };
  const found = {};
  for (const [name, suits] of Object.entries(taken)) {
    const value = env[`npm_config_${name}`];
    if (value && suits(value)) found[name] = value;
  }
  for (const name of ['html', 'slides', 'serve']) {
    if (env[`npm_config_${name}`] === 'true') found[name] = true;
  }
  // Whatever its value: npm empties it, or writes down whether another option followed.
  if (env.npm_config_browser !== undefined) found['no-browser'] = true;

  const noStage = env.npm_config_stage === 'true' && !words.some(isStage);
  for (const word of words) {
    const number = isStage(word) || (noStage && found.stage === undefined) ? 'stage' : 'port';
    const name = isLanguage(word) ? 'lang' : /^\d+$/.test(word) ? number : undefined;
    if (!flags[command].includes(name) || found[name] !== undefined) throw misplaced(command, word);
    found[name] = word;
  }
  return found;
}

function misplaced(command, given) {
  return wrong(
    command,
    `Unexpected argument: ${given}. Options go after two dashes: ${invocation(command)} -- --lang en`,
    `多余的参数：${given}。选项要写在两个短横之后：${invocation(command)} -- --lang zh`,
  );
}

function wrong(command, en, zh) {
  const help = usage(command);
  return new Failure({ en: `${en}\n\n${help.en}`, zh: `${zh}\n\n${help.zh}` });
}
