/**
 * The first step of the commands in `package.json`: it needs nothing but Node, brings in the npm
 * packages, and hands over to TypeScript.
 */
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endTogether } from './project/guard.mjs';
import { npmOf } from './project/watch-parent.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [command, ...args] = process.argv.slice(2);
endTogether(npmOf(command));

// Checked before the other modules are loaded: an old Node could not even read some of them.
const [major, minor] = process.versions.node.split('.').map(Number);
const fits = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
const { earlyMessages, preferredLanguage, useLanguage } = await import('./project/language.mjs');
if (!fits) {
  console.error(earlyMessages().bootstrap.nodeTooOld(process.versions.node));
  process.exit(1);
}

const { parseArgs } = await import('node:util');
const { Failure, lastCause, textOf } = await import('./project/failure.mjs');
const { isTier, readOptions, usage } = await import('./options.mjs');
const { damagedPackages, packagesInstalled } = await import('./setup/packages/installed.mjs');
const { installPackages } = await import('./setup/packages/npm.mjs');
const { describeSettings } = await import('./setup/packages/user-settings.mjs');
const { withLock } = await import('./project/lock.mjs');
const { canWrite, isOwn } = await import('./project/disk.mjs');
const { withLine } = await import('./project/live-line.mjs');

/** Those that read their command line by themselves; all others are `cli.ts`. */
const programs = {
  bench: './bench/cli.ts',
  check: './check.ts',
  notebooks: './publish/build.ts',
};
/** Says whether the packages for tests and development are wanted too. */
const dev = isTier(command) || command in programs || args.some(each => /^--(run|api)$/.test(each));

// Who reads may go, as head and terminals do: what has begun comes to its end all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// They lead each Python astray that is started here; "sudo -E" leaves another account's TMPDIR.
for (const name of ['PYTHONHOME', 'PYTHONPATH']) delete process.env[name];
if (process.env.TMPDIR && !canWrite(process.env.TMPDIR)) delete process.env.TMPDIR;

let options;
try {
  // Before all options are read, of which one may be wrong.
  const asked = parseArgs({ args, options: { lang: { type: 'string' } }, strict: false }).values;
  useLanguage(preferredLanguage(asked.lang));
  if (!programs[command]) options = readOptions(command, args);
  if (options) useLanguage(options.language);
  const damaged = options?.help ? [] : await damagedPackages(root, dev, command === 'doctor');
  if (options?.help) {
    console.log(usage(command));
  } else if (damaged?.length === 0) {
    await handOver();
  } else if (command === 'doctor') {
    const { packagesMissing, packagesDamaged, thenTheRest } = earlyMessages().bootstrap;
    const cause = lastCause(join(root, 'build', 'setup', 'npm.log'));
    const trouble = damaged ? packagesDamaged(damaged.map(nameOf)) : packagesMissing;
    console.log(`✔ Node ${process.versions.node}\n${trouble}`);
    if (cause) console.log(`  ${cause}`);
    console.log(thenTheRest);
    for (const line of describeSettings()) console.log(line);
    process.exitCode = 1;
  } else {
    await install(damaged);
    await handOver();
  }
} catch (error) {
  const text = /^ERR_PARSE_ARGS_/.test(error?.code) ? error.message : textOf(error);
  if (!text) throw error;
  console.error(`\n✖ ${text}`);
  process.exitCode = 1;
}

async function install(damaged) {
  const said = earlyMessages().bootstrap;
  const isOurs = canWrite(root);
  if (!isOurs) throw new Failure(said.notYours(root, dev ? command : 'setup'));
  if (!damaged) console.log(dev ? said.devDownload : said.firstDownload);
  await withLine(said.packages, async report => {
    await withLock(
      join(root, 'build', 'setup', 'lock'),
      async () => (await packagesInstalled(root, dev)) || installPackages(root, dev, report),
      pid => console.log(said.waitingFor(pid)),
    );
    return damaged ? said.packagesRepaired(damaged.map(nameOf)) : said.packages;
  });
}

function nameOf(path) {
  return path.replace(/^node_modules\//, '');
}

async function handOver() {
  const require = createRequire(import.meta.url);
  // tsx runs what it finds here, whichever account has put it there.
  if (!isOwn(join(tmpdir(), `tsx-${process.geteuid?.()}`))) process.env.TSX_DISABLE_CACHE = '1';
  require('tsx/cjs');
  if (programs[command]) require('kernel/build.cjs').refresh();
  const { main } = require(programs[command] ?? './cli.ts');
  process.exitCode = (await main(options ?? args)) ?? process.exitCode;
}
