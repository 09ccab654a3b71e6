/**
 * The first step of the commands in `package.json`: it needs nothing but Node, brings in the npm
 * packages, and hands over to TypeScript (`cli.ts`, or a program of its own).
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithNpm } from './project/parent.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [command, ...args] = process.argv.slice(2);
endWithNpm(command);

// Checked before the other modules are loaded: an old Node could not even read some of them.
const [major, minor] = process.versions.node.split('.').map(Number);
const fits = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
if (!fits) {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  const chinese = /^zh/i.test(locale);
  console.error(
    chinese
      ? `需要 Node 20.19、22.12 或更新的版本，现在是 ${process.versions.node}。请从 https://nodejs.org 安装新版本。`
      : `Node 20.19, 22.12 or newer is needed, but this is ${process.versions.node}. Install a newer version from https://nodejs.org`,
  );
  process.exit(1);
}

const { lastCause, preferredLanguage, textOf } = await import('./project/failure.mjs');
const { useLanguage } = await import('./project/language.mjs');
const { isTier, readOptions, usage } = await import('./options.mjs');
const { installPackages, packagesInstalled } = await import('./setup/packages/npm.mjs');
const { waitingFor, withLock } = await import('./project/lock.mjs');
const { freeGigabytes, NEEDED, tooLittle } = await import('./project/disk.mjs');

/** The commands with a command line of their own. */
const programs = {
  bench: './bench/cli.ts',
  check: './check.ts',
  classroom: './classroom/cli.ts',
  notebooks: './publish/cli.ts',
};
/** Whether the packages for tests and development are wanted too. */
const dev = isTier(command) || ['bench', 'check', 'notebooks'].includes(command);

// They would send each Python that is started here to packages of another one.
for (const name of ['PYTHONHOME', 'PYTHONPATH']) delete process.env[name];

let options = { language: 'en' };
const say = (en, zh) => (options.language === 'zh' ? zh : en);
try {
  options = { language: preferredLanguage(languageAsked()) };
  useLanguage(options.language);
  if (!programs[command]) options = readOptions(command, args);
  if (options.help) {
    console.log(say(usage(command).en, usage(command).zh));
  } else if (packagesInstalled(root, dev)) {
    await handOver();
  } else if (command === 'doctor') {
    console.log(`✔ Node ${process.versions.node}`);
    const cause = lastCause(join(root, 'build', 'setup', 'npm.log'));
    console.log(say('✖ npm packages: missing or incomplete', '✖ npm 软件包：缺失或未装完'));
    if (cause) console.log(`  ${cause[options.language]}`);
    console.log(
      say(
        '  → npm run setup\n(The rest can be checked once they are installed.)',
        '  → npm run setup\n（装好之后才能检查其余部分。）',
      ),
    );
    const free = freeGigabytes(root);
    if (free !== undefined && free < NEEDED) console.log(tooLittle(free)[options.language]);
    process.exitCode = 1;
  } else {
    await install();
    await handOver();
  }
} catch (error) {
  const text = textOf(error);
  if (!text) throw error;
  console.error(`\n✖ ${text[options.language]}`);
  process.exitCode = 1;
}

function languageAsked() {
  const at = args.indexOf('--lang');
  return at >= 0
    ? args[at + 1]
    : /^--lang=(.*)/.exec(args.find(arg => arg.startsWith('--lang=')))?.[1];
}

async function install() {
  if (dev) {
    const size = packagesInstalled(root) ? 200 : 300;
    console.log(
      say(
        `For tests and development, only once: npm packages with Chromium, fonts and other tools, a download of about ${size} MB.`,
        `测试和开发所需，只需一次：npm 软件包，包括 Chromium、字体和其他工具，下载约 ${size} MB。`,
      ),
    );
  } else {
    console.log(
      say(
        'Set-up is needed only once: about a minute, 1.5 GB on disk. First come the npm packages, a download of about 105 MB.',
        '安装只需一次：约一分钟，占用磁盘约 1.5 GB。先装 npm 软件包，下载约 105 MB。',
      ),
    );
  }
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const title = say('npm packages', 'npm 软件包');
  let state = '';
  const draw = () => process.stdout.write(`\r\x1b[K… ${title} ${state} [${seconds()}]`);
  const ticking = process.stdout.isTTY ? setInterval(draw, 200) : undefined;
  try {
    await withLock(
      join(root, 'build', 'setup', 'lock'),
      async () => {
        if (packagesInstalled(root, dev)) return;
        await installPackages(root, dev, (done, total) => {
          state = `${done}/${total}`;
        });
      },
      pid => console.log(waitingFor(pid)[options.language]),
    );
  } finally {
    if (ticking) {
      clearInterval(ticking);
      process.stdout.write('\r\x1b[K');
    }
  }
  console.log(`✔ ${title} [${seconds()}]`);
}

async function handOver() {
  const require = createRequire(import.meta.url);
  require('tsx/cjs');
  if (!programs[command]) {
    process.exitCode = await require('./cli.ts').main(options);
    return;
  }
  process.argv.splice(2, 1); // as if it had been started itself
  require(programs[command]);
}
