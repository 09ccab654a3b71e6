/**
 * Differences between Windows, macOS and Linux. Functions receive the platform as an argument, so tests can run all
 * three. Set-up loads this file before any package is installed, so it imports only Node's modules.
 */
import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

const isWindows = platform => platform === 'win32';
const pathsOf = platform => (isWindows(platform) ? win32 : posix);

/**
 * Returns the path of a program in a Python environment. On Windows, virtual environments keep all programs in
 * Scripts. Conda and Python's installer keep python.exe at the top.
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
 * Returns the first of these programs on the path, or `undefined`. On Windows, only `process.env` is
 * case-insensitive; a copy finds `Path` only with that spelling.
 *
 * @param {readonly string[]} names
 * @param {(path: string) => boolean} [exists]
 * @returns {string | undefined}
 */
export function onPath(names, env = process.env, platform = process.platform, exists = existsSync) {
  const { delimiter, join } = pathsOf(platform);
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const suffixes = isWindows(platform) ? (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  return names
    .flatMap(name => folders.flatMap(folder => suffixes.map(suffix => join(folder, name + suffix))))
    .find(exists);
}

/**
 * Returns the command to start npm: the script if known, else the name. On Windows, npm.cmd needs a shell, so
 * arguments must not contain shell syntax.
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

/** Returns whether Node is built for glibc, rather than for musl as on Alpine. */
export const hasGlibc = () => Boolean(process.report.getReport().header.glibcVersionRuntime);

/** Returns a command that sets an environment variable, in the syntax of the platform's usual shell. */
export const withVariable = (name, value, command, platform = process.platform) =>
  isWindows(platform) ? `$env:${name}='${value}'; ${command}` : `${name}=${value} ${command}`;
