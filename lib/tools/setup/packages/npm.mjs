/** npm's packages: whether all are there, and npm with its progress. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, homedir } from 'node:os';
import { join } from 'node:path';
import { canWrite } from '../../project/disk.mjs';
import { failureOf, wantsLogin } from '../../project/failure.mjs';
import { earlyMessages } from '../../project/language.mjs';
import { hasGlibc, npmCommand } from '../../project/platform.mjs';
import { runByLine } from '../../project/run-by-line.mjs';
import { npmInForce } from './in-force.mjs';

// npm writes this file last: where it is, an install has finished.
const installedLock = root => join(root, 'node_modules', '.package-lock.json');

/**
 * Tells whether `node_modules` holds what `package-lock.json` names, by npm's own record and each
 * package's `package.json`. It takes a few milliseconds.
 *
 * @param {string} root
 * @param {boolean} [dev] whether the packages for tests and development count too
 */
export function packagesInstalled(root, dev = false) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedLock(root));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, link, ...entry }]) => {
      if (!path.startsWith('node_modules/') || (entry.dev && !dev)) return true;
      const there = installed[path];
      // What is made for this system alone is missing in a folder that was brought from another one; our own
      // addon, which a registry may lack, is compiled then.
      const isNeeded = entry.os && suits(entry) && !/\/tfjs-graph-/.test(path);
      if (!there) return Boolean(optional || devOptional) && !isNeeded;
      return link || (there.version === version && existsSync(join(root, path, 'package.json')));
    },
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {} // missing, or half-written
}

// The lock file names packages for other systems as well, which npm leaves out.
const suits = ({ os, cpu, libc }) =>
  (os?.includes(process.platform) ?? true) &&
  (cpu?.includes(process.arch) ?? true) &&
  (libc?.includes(hasGlibc() ? 'glibc' : 'musl') ?? true);

/**
 * Runs `npm ci`.
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
  rmSync(installedLock(root), { force: true });
  const lock = readPackages(join(root, 'package-lock.json')) ?? {};
  const total = Object.values(lock).filter(
    entry => entry.integrity && suits(entry) && (dev || !entry.dev),
  ).length;
  let fetched = 0;
  const args = ['ci', preferring, dev ? '--include=dev' : '--omit=dev', ...settled];
  const ownCache = canWrite(cacheOfUser()) ? undefined : join(root, 'build', 'setup', 'npm-cache');
  if (ownCache) args.push(`--cache=${ownCache}`);
  const { program, args: words, shell } = npmCommand(args);
  const lines = [];
  let answered = false;
  let refused = false;
  // Where a proxy refuses to connect, or says nothing at all, npm tries for ever, without a word.
  const options = { cwd: root, env: environment(root), shell };
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
  for (const made of [ownCache, settingsFile(root), log]) {
    if (made) rmSync(made, { recursive: true, force: true });
  }
  writeFileSync(log, `${lines.join('\n')}\n`, { mode: 0o600 });
  if (status === 0 && packagesInstalled(root, dev)) return;
  // Its cache may have heard of a package before there was the version that the lock file names.
  const isOld = status === 0 || lines.some(line => / code ETARGET$/.test(line));
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
  throw failureOf(earlyMessages().npm.installing, telling.join('\n'), log);
}

const settled = ['--ignore-scripts', '--loglevel=http', '--no-color', '--no-progress'];

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

/** Returns npm's variables, and writes the one file of settings that it is to follow beside the project's. */
function environment(root) {
  const { file, env } = npmInForce();
  const path = settingsFile(root);
  writeFileSync(path, file, { mode: 0o600 }); // it may hold a password
  return {
    ...patience,
    ...env,
    npm_config_userconfig: path,
    npm_config_globalconfig: devNull,
    NODE_ENV: undefined,
  };
}

const settingsFile = root => join(root, 'build', 'setup', 'npmrc');
