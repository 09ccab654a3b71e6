/** Runs npm, with its progress. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { canWrite } from '../../project/disk.mjs';
import { programFailure, wantsLogin } from '../../project/failure.mjs';
import { earlyMessages } from '../../project/language.mjs';
import { npmCommand } from '../../project/platform.mjs';
import { runByLine } from '../../project/run-by-line.mjs';
import {
  damagedPackages,
  installedLock,
  manifestFile,
  packagesInstalled,
  readPackages,
  suits,
} from './installed.mjs';
import { removedVariables } from './user-settings.mjs';

/**
 * Runs npm: installs all packages or, if only some are damaged, these.
 *
 * @param {string} root
 * @param {boolean} dev whether the packages for tests and development are wanted too
 * @param {(progress: string) => void} report is told how many of how many packages have been fetched
 * @param {string} [preferring] by which npm asks the registry for nothing that its cache holds
 */
export async function installPackages(root, dev, report, preferring = '--prefer-offline') {
  const log = join(root, 'build', 'setup', 'npm.log');
  mkdirSync(join(root, 'build', 'setup'), { recursive: true });
  rmSync(log, { force: true }); // with the cause of another day
  const task = await prepare(root, dev);
  const lock = readPackages(join(root, 'package-lock.json')) ?? {};
  const total = Object.values(lock).filter(
    entry => entry.integrity && suits(entry) && (dev || !entry.dev),
  ).length;
  let fetched = 0;
  const args = [...task, preferring, ...settled];
  const ownCache = canWrite(cacheOfUser()) ? undefined : join(root, 'build', 'setup', 'npm-cache');
  if (ownCache) args.push(`--cache=${ownCache}`);
  const { program, args: words, shell } = npmCommand(args);
  const lines = [];
  let answered = false;
  let refused = false;
  // Where a proxy refuses to connect, or says nothing at all, npm tries for ever, without a word.
  const env = { ...patience, ...process.env, ...removedVariables('npm'), NODE_ENV: undefined };
  const options = { cwd: root, env, shell };
  const status = await runByLine(program, words, options, (line, stop) => {
    const giveUp = () => {
      refused = true;
      stop();
    };
    const giveUpIn = wait => setTimeout(() => answered || giveUp(), wait).unref();
    if (lines.push(line) === 1) setTimeout(() => lines.length > 1 || giveUp(), SILENCE).unref();
    if (/http fetch GET 200 \S*\.tgz/.test(line)) report(`${++fetched}/${total}`);
    if (/^npm http (fetch GET [23]|cache)/.test(line)) answered = true;
    if (wantsLogin(line)) giveUp();
    else if (/^npm http fetch GET [45]/.test(line)) giveUpIn(PATIENCE);
    else if (/ attempt \d+ failed with /.test(line)) giveUpIn(PATIENCE_WITH_RETRIES);
  });
  if (ownCache) rmSync(ownCache, { recursive: true, force: true });
  writeFileSync(log, `${lines.join('\n')}\n`, { mode: 0o600 });
  if (status === 0) rmSync(manifestFile(root), { force: true });
  if (status === 0 && (await packagesInstalled(root, dev))) return;
  // Its cache may have heard of a package before there was the version that the lock file names.
  const isOld = status === 0 || lines.some(line => / code (ETARGET|EINTEGRITY)$/.test(line));
  const anew = '--prefer-online';
  if (isOld && preferring !== anew) return installPackages(root, dev, report, anew);
  const telling = lines.filter(line =>
    // Nor the stack that npm prints of a refused connection.
    refused
      ? /^npm http fetch GET ([45]|.* failed)/.test(line)
      : !/^(\$|npm http|npm error +at) /.test(line),
  );
  const registry = process.env.npm_config_registry ?? '';
  if (telling.length === 0) telling.push(`network timeout at: ${registry}`);
  throw programFailure(earlyMessages().npm.installing, telling.join('\n'), log);
}

/**
 * Removes what npm is to install, and returns the command for that. `npm ci` would install all packages for one that is
 * damaged: ten times as long, and a download of all if npm's cache is empty.
 */
async function prepare(root, dev) {
  const damaged = (await damagedPackages(root, dev)) ?? [];
  if (damaged.length === 0) {
    rmSync(installedLock(root), { force: true });
    return ['ci', dev ? '--include=dev' : '--omit=dev'];
  }
  for (const path of damaged) rmSync(join(root, path), { recursive: true, force: true });
  // Packages for development stay, also if the command needs none.
  const hasDev = Object.values(readPackages(installedLock(root))).some(entry => entry.dev);
  return ['install', '--no-save', hasDev ? '--include=dev' : '--omit=dev'];
}

const settled = [
  ...['--ignore-scripts', '--loglevel=http', '--no-color', '--no-progress'],
  // The lock file alone decides which packages are installed, not the user's .npmrc.
  ...['--package-lock', '--include=optional', '--include=peer', '--before=null'],
  ...['--install-strategy=hoisted', '--no-legacy-peer-deps', '--no-engine-strict'],
];

/** The milliseconds in which npm ends by itself where it is refused all packages. */
const PATIENCE = 5_000;

/** Those in which npm has come through where it tries again, or will not. */
const PATIENCE_WITH_RETRIES = 30_000;

/** Those in which npm has said something of an answer, or there is none. */
const SILENCE = Number(process.env.npm_config_fetch_timeout) || 120_000;

// npm names it to what it runs; a home that cannot be written to has none.
const cacheOfUser = () => process.env.npm_config_cache || join(homedir(), '.npm');

// npm itself waits a minute before it tries once more, and says nothing meanwhile.
const patience = {
  npm_config_fetch_retries: '4',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '8000',
};
