/** Installs npm packages and reports the progress. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { canWrite } from '../machine/disk.mjs';
import { npmCommand } from '../machine/platform.mjs';
import { programFailure, wantsLogin } from '../output/failure.mjs';
import { earlyMessages } from '../output/language.mjs';
import { runByLine } from '../processes/run-by-line.mjs';
import {
  damagedPackages,
  installedLock,
  manifestFile,
  packagesInstalled,
  readPackages,
  suitsMachine,
} from './installed.mjs';
import { removedVariables } from './user-settings.mjs';

/**
 * Runs npm: installs all packages or, if only some are damaged, reinstalls these.
 *
 * @param {string} root
 * @param {boolean} dev whether to install the development packages
 * @param {(progress: string) => void} report receives the counts of fetched and of all packages
 * @param {string} [preference] npm's cache option. By default npm asks the registry only for uncached packages.
 */
export async function installPackages(root, dev, report, preference = '--prefer-offline') {
  const log = join(root, 'build', 'setup', 'npm.log');
  mkdirSync(join(root, 'build', 'setup'), { recursive: true });
  rmSync(log, { force: true }); // remove the cause of an earlier failure
  const task = await prepareCommand(root, dev);
  const lock = readPackages(join(root, 'package-lock.json')) ?? {};
  const total = Object.values(lock).filter(
    entry => entry.integrity && suitsMachine(entry) && (dev || !entry.dev),
  ).length;
  let fetched = 0;
  const args = [...task, preference, ...FIXED_OPTIONS];
  const ownCache = canWrite(userCache()) ? undefined : join(root, 'build', 'setup', 'npm-cache');
  if (ownCache) args.push(`--cache=${ownCache}`);
  const { program, args: npmArgs, shell } = npmCommand(args);
  const lines = [];
  let hasResponse = false;
  let isRejected = false;
  // If a proxy refuses connections or stays silent, npm retries forever without output.
  const env = { ...retrySettings, ...process.env, ...removedVariables(), NODE_ENV: undefined };
  const options = { cwd: root, env, shell };
  const status = await runByLine(program, npmArgs, options, (line, stop) => {
    const abort = () => {
      isRejected = true;
      stop();
    };
    const abortAfter = delay => setTimeout(() => hasResponse || abort(), delay).unref();
    if (lines.push(line) === 1)
      setTimeout(() => lines.length > 1 || abort(), OUTPUT_TIMEOUT).unref();
    if (/http fetch GET 200 \S*\.tgz/.test(line)) report(`${++fetched}/${total}`);
    if (/^npm http (fetch GET [23]|cache)/.test(line)) hasResponse = true;
    if (wantsLogin(line)) abort();
    else if (/^npm http fetch GET [45]/.test(line)) abortAfter(EXIT_TIMEOUT);
    else if (/ attempt \d+ failed with /.test(line)) abortAfter(RETRY_TIMEOUT);
  });
  if (ownCache) rmSync(ownCache, { recursive: true, force: true });
  writeFileSync(log, `${lines.join('\n')}\n`, { mode: 0o600 });
  if (status === 0) rmSync(manifestFile(root), { force: true });
  if (status === 0 && (await packagesInstalled(root, dev))) return;
  // The cached metadata may be older than the version in the lock file.
  const isOld = status === 0 || lines.some(line => / code (ETARGET|EINTEGRITY)$/.test(line));
  const online = '--prefer-online';
  if (isOld && preference !== online) return installPackages(root, dev, report, online);
  const relevantLines = lines.filter(line =>
    // Also drop the stack trace that npm prints for a refused connection.
    isRejected
      ? /^npm http fetch GET ([45]|.* failed)/.test(line)
      : !/^(\$|npm http|npm error +at) /.test(line),
  );
  const registry = process.env.npm_config_registry ?? '';
  if (relevantLines.length === 0) relevantLines.push(`network timeout at: ${registry}`);
  throw programFailure(earlyMessages().npm.installing, relevantLines.join('\n'), log);
}

/**
 * Deletes damaged packages and returns the npm command to reinstall them. `npm ci` would reinstall all packages, ten
 * times slower, and download everything if npm's cache is empty.
 */
async function prepareCommand(root, dev) {
  const damaged = (await damagedPackages(root, dev)) ?? [];
  if (damaged.length === 0) {
    rmSync(installedLock(root), { force: true });
    return ['ci', dev ? '--include=dev' : '--omit=dev'];
  }
  for (const path of damaged) rmSync(join(root, path), { recursive: true, force: true });
  // Keep installed development packages, even for commands without tests.
  const hasDev = Object.values(readPackages(installedLock(root))).some(entry => entry.dev);
  return ['install', '--no-save', hasDev ? '--include=dev' : '--omit=dev'];
}

const FIXED_OPTIONS = [
  ...['--ignore-scripts', '--loglevel=http', '--no-color', '--no-progress'],
  // The lock file alone decides which packages are installed, not the user's .npmrc.
  ...['--package-lock', '--include=optional', '--include=peer', '--before=null'],
  ...['--install-strategy=hoisted', '--no-legacy-peer-deps', '--no-engine-strict'],
];

/** Milliseconds for npm to exit after the registry has rejected a request. */
const EXIT_TIMEOUT = 5_000;

/** Milliseconds for npm's retries to succeed. */
const RETRY_TIMEOUT = 30_000;

/** Milliseconds for the first line of output. */
const OUTPUT_TIMEOUT = Number(process.env.npm_config_fetch_timeout) || 120_000;

// npm passes the cache folder to scripts. A read-only home has no cache.
const userCache = () => process.env.npm_config_cache || join(homedir(), '.npm');

// By default, npm waits a silent minute before the first retry.
const retrySettings = {
  npm_config_fetch_retries: '4',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '8000',
};
