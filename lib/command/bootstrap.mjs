/** Entry point of all commands: installs missing npm packages using only Node, then starts TypeScript. */
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guardSubprocesses } from './processes/guard.mjs';
import { endWithNpm } from './processes/watch-parent.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [command, ...args] = process.argv.slice(2);
guardSubprocesses();
endWithNpm(command);

// Check the version first: an old Node cannot parse some of the other modules.
const [major, minor] = process.versions.node.split('.').map(Number);
const isSupported = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
const { earlyMessages, preferredLanguage, useLanguage } = await import('./output/language.mjs');
if (!isSupported) {
  console.error(earlyMessages().bootstrap.nodeTooOld(process.versions.node));
  process.exit(1);
}

const { parseArgs } = await import('node:util');
const { Failure, recordedCause, describeError } = await import('./output/failure.mjs');
const { readOptions, usage } = await import('./options.mjs');
const { commands } = await import('./registry.mjs');
const { damagedPackages, packagesInstalled } = await import('./npm/installed.mjs');
const { installPackages } = await import('./npm/npm.mjs');
const { describeSettings } = await import('./npm/user-settings.mjs');
const { withLock } = await import('./processes/lock.mjs');
const { canWrite, isPrivate } = await import('./machine/disk.mjs');
const { withProgress } = await import('./output/live-line.mjs');

const declared = commands[command];
if (!declared) {
  console.error(`✖ ${earlyMessages().bootstrap.noCommand(command)}`);
  process.exit(1);
}
const { module, dev, compiles } = declared;
/** Whether the command needs the development packages. */
const needsDev = dev || args.includes('--api');

// Ignore a closed stdout or stderr, such as after `| head`: the command still finishes.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// These variables would break every Python subprocess. "sudo -E" keeps another account's TMPDIR.
for (const name of ['PYTHONHOME', 'PYTHONPATH']) delete process.env[name];
if (process.env.TMPDIR && !canWrite(process.env.TMPDIR)) delete process.env.TMPDIR;

let options;
try {
  // Set the language first, so an error about another option appears in that language.
  const early = parseArgs({ args, options: { lang: { type: 'string' } }, strict: false }).values;
  useLanguage(preferredLanguage(early.lang));
  options = readOptions(command, args);
  useLanguage(options.language);
  const damaged = options.help ? [] : await damagedPackages(root, needsDev, command === 'doctor');
  if (options.help) {
    console.log(usage(command));
  } else if (damaged?.length === 0) {
    await startCommand();
  } else if (command === 'doctor') {
    const { packagesMissing, packagesDamaged, thenTheRest } = earlyMessages().bootstrap;
    const cause = recordedCause(join(root, 'build', 'setup', 'npm.log'));
    const problem = damaged ? packagesDamaged(damaged.map(packageName)) : packagesMissing;
    console.log(`✔ Node ${process.versions.node}\n${problem}`);
    if (cause) console.log(`  ${cause}`);
    console.log(thenTheRest);
    for (const line of describeSettings()) console.log(line);
    process.exitCode = 1;
  } else {
    await install(damaged);
    await startCommand();
  }
} catch (error) {
  const text = /^ERR_PARSE_ARGS_/.test(error?.code) ? error.message : describeError(error);
  if (!text) throw error;
  console.error(`\n✖ ${text}`);
  process.exitCode = 1;
}

async function install(damaged) {
  const texts = earlyMessages().bootstrap;
  const isWritable = canWrite(root);
  if (!isWritable) throw new Failure(texts.notYours(root, needsDev ? command : 'setup'));
  if (!damaged) console.log(needsDev ? texts.devDownload : texts.firstDownload);
  await withProgress(texts.packages, async report => {
    await withLock(
      join(root, 'build', 'setup', 'lock'),
      async () =>
        (await packagesInstalled(root, needsDev)) || installPackages(root, needsDev, report),
      pid => console.log(texts.waitingFor(pid)),
    );
    return damaged ? texts.packagesRepaired(damaged.map(packageName)) : texts.packages;
  });
}

function packageName(path) {
  return path.replace(/^node_modules\//, '');
}

async function startCommand() {
  const require = createRequire(import.meta.url);
  // tsx executes cached code from this folder: disable the cache if other accounts can write to it.
  if (!isPrivate(join(tmpdir(), `tsx-${process.geteuid?.()}`))) process.env.TSX_DISABLE_CACHE = '1';
  require('tsx/cjs');
  if (compiles) require('kernel/build.cjs').refresh();
  const { main } = require(module);
  process.exitCode = (await main(options)) ?? process.exitCode;
}
