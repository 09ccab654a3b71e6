/** npm's packages: whether all are there, and `npm ci` with its progress. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { failureOf } from '../../project/failure.mjs';
import { endsWithParent } from '../../project/parent.mjs';

const title = { en: 'Installing the npm packages', zh: '安装 npm 软件包' };

// npm writes this file last: where it is, an install has finished.
const installedLock = root => join(root, 'node_modules', '.package-lock.json');

/**
 * Tells whether `node_modules` holds what `package-lock.json` names, by npm's own record and each
 * package's `package.json`. It takes a few milliseconds.
 */
export function packagesInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedLock(root));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/')) return true;
    const there = installed[path];
    if (!there) return Boolean(optional);
    return link || (there.version === version && existsSync(join(root, path, 'package.json')));
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

// The lock file names packages for other systems as well, which npm leaves out.
function suits({ os, cpu, libc }) {
  const fits = (list, value) => !list || list.includes(value);
  const ownLibc = existsSync('/etc/alpine-release') ? 'musl' : 'glibc';
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, ownLibc);
}

/** Runs `npm ci`. `report` is told how many of how many packages have been fetched. */
export async function installPackages(root, report) {
  const log = join(root, 'build', 'setup', 'npm.log');
  mkdirSync(join(root, 'build', 'setup'), { recursive: true });
  rmSync(installedLock(root), { force: true });
  const lock = readPackages(join(root, 'package-lock.json')) ?? {};
  const total = Object.values(lock).filter(entry => entry.integrity && suits(entry)).length;
  const lines = [];
  let fetched = 0;
  const status = await run(root, line => {
    lines.push(line);
    if (/http fetch GET 200 .*\.tgz/.test(line)) report(++fetched, total);
  });
  writeFileSync(log, `${lines.join('\n')}\n`);
  if (status === 0 && packagesInstalled(root)) return;
  const telling = lines.filter(line => !/^npm http /.test(line));
  throw failureOf(title, telling.join('\n'), log);
}

function run(root, onLine) {
  const args = ['ci', '--loglevel=http', '--no-progress', '--no-audit', '--no-fund'];
  const script = process.env.npm_execpath;
  const npm = /npm-cli\.[cm]?js$/.test(script ?? '') ? [process.execPath, script] : ['npm'];
  const [program, ...rest] = endsWithParent([...npm, ...args], 'KILL');
  const child = spawn(program, rest, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: program === 'npm' && process.platform === 'win32',
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', onLine);
  }
  return new Promise(settle => {
    child.on('error', error => {
      onLine(String(error));
      settle(1);
    });
    child.on('close', status => {
      process.off('exit', stop);
      settle(status ?? 1);
    });
  });
}
