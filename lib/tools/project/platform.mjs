/**
 * What differs between Windows, macOS and Linux. Each function takes the platform as an argument, so that
 * a test runs it for all three. Set-up needs some of them before any package is installed, so they use
 * nothing but Node's own modules.
 */
import { existsSync, readFileSync } from 'node:fs';
import { posix, win32 } from 'node:path';

const BROWSERS = JSON.parse(readFileSync(new URL('./browsers.json', import.meta.url), 'utf8'));

const isWindows = platform => platform === 'win32';
const pathsOf = platform => (isWindows(platform) ? win32 : posix);

/**
 * Returns the path of a program of a Python environment. On Windows conda, like Python's own installer,
 * keeps python.exe at the top and the other programs in Scripts, where a virtual environment keeps all.
 *
 * @param {string} prefix
 * @param {string} name
 * @param {(path: string) => boolean} [exists]
 */
export function programIn(prefix, name, platform = process.platform, exists = existsSync) {
  const { join } = pathsOf(platform);
  if (!isWindows(platform)) return join(prefix, 'bin', name);
  const top = join(prefix, 'python.exe');
  return name === 'python' && exists(top) ? top : join(prefix, 'Scripts', `${name}.exe`);
}

/**
 * Returns the first program of these names on the path; `undefined` if there is none. On Windows a copy
 * of the environment finds `Path` by that spelling alone, so it takes the process's own.
 *
 * @param {readonly string[]} names
 * @param {(path: string) => boolean} [exists]
 * @returns {string | undefined}
 */
export function onPath(names, env = process.env, platform = process.platform, exists = existsSync) {
  const { delimiter, join } = pathsOf(platform);
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const endings = isWindows(platform) ? (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  return names
    .flatMap(name => folders.flatMap(folder => endings.map(end => join(folder, name + end))))
    .find(exists);
}

/**
 * Returns how npm is started: by its own script where that is known, else by its name. On Windows that
 * is npm.cmd, which only a shell starts; so the arguments must be words that no shell reads otherwise.
 *
 * @param {readonly string[]} args
 */
export function npmCommand(args, env = process.env, platform = process.platform) {
  const script = env.npm_execpath ?? '';
  if (/npm-cli\.[cm]?js$/.test(script)) {
    return { program: process.execPath, args: [script, ...args], shell: false };
  }
  if (!isWindows(platform)) return { program: 'npm', args, shell: false };
  return { program: ['npm', ...args].join(' '), args: [], shell: true };
}

/**
 * Lists where Chrome, Chromium and Edge may be installed, the first to be tried first.
 *
 * @param {(path: string) => boolean} [exists]
 */
export function browserPlaces(env = process.env, platform = process.platform, exists = existsSync) {
  const { delimiter, join } = pathsOf(platform);
  const folders =
    {
      win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map(name => env[name]),
      darwin: ['/Applications', join(env.HOME ?? '/', 'Applications')],
    }[platform] ?? (env.PATH ?? '').split(delimiter);
  return (BROWSERS[platform] ?? BROWSERS.others)
    .flatMap(program => folders.filter(Boolean).map(folder => join(folder, program)))
    .filter(exists);
}

/** Tells of a Node on Linux whether it is built for glibc, or for musl as on Alpine. */
export const hasGlibc = () => Boolean(process.report.getReport().header.glibcVersionRuntime);

/** Writes how a command is typed with a variable set, as the platform's usual shell reads it. */
export const withVariable = (name, value, command, platform = process.platform) =>
  isWindows(platform) ? `$env:${name}='${value}'; ${command}` : `${name}=${value} ${command}`;
