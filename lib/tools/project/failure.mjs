/**
 * Failures that the reader can cure, and the usual causes of a failed install. Set-up needs them before
 * any package is installed, so they use nothing but Node's own modules.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fullest, isFull, nearest } from './disk.mjs';
import { earlyMessages } from './language.mjs';

/** A trouble that the reader can cure: only its message is shown, without a stack trace. */
export class Failure extends Error {
  name = 'Failure';
}

/** Variables that name a proxy. npm hands what stands in .npmrc on in variables of its own. */
const PROXY = /^((https?|all)_proxy|npm_config_(https?_)?proxy|pip_proxy)$/i;

/** Lists the proxies that a program was told of: the variable, and the address without its password. */
function proxiesIn(env) {
  const told = Object.entries(env).filter(([name, value]) => value && PROXY.test(name));
  const found = told.map(([name, value]) => {
    const [, scheme = 'http://', host] = /^(\w+:\/\/)?(?:.*@)?([^/]*)/.exec(value);
    return { host, address: `${name} (${scheme}${host})` };
  });
  // A program may ask for either spelling, so that people set both.
  return [...new Map(found.map(each => [each.address.toUpperCase(), each])).values()];
}

/** Takes what our own code writes. */
const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

const table = new URL('./causes.json', import.meta.url);

/** The usual causes by what programs print of them, the first that fits before others. */
const CAUSES = Object.entries(JSON.parse(readFileSync(table, 'utf8'))).map(([name, patterns]) => ({
  name,
  pattern: new RegExp(patterns.join('|') || '$^', 'i'),
}));

const PROXY_LOGIN = CAUSES.find(({ name }) => name === 'proxyLogin').pattern;

/** Tells whether a line of a program's output says that a proxy wants a login: to try again is in vain. */
export const wantsLogin = line => PROXY_LOGIN.test(line);

/**
 * What the sentence of a cause tells: the host that was asked; the proxies in force; the fullest disk; the
 * path in question.
 *
 * @typedef {{ name: string, host?: string, proxies: string[], folder?: string, megabytes?: number,
 *   noFiles?: boolean, quota?: boolean, path?: string, now?: Date }} Facts
 */

/**
 * Finds the usual cause in a failed program's output; `undefined` if nobody knows.
 *
 * @param {string} output
 * @param {NodeJS.ProcessEnv} [env] of the program
 * @param {string} [folder] that it may have written to
 * @returns {Facts | undefined}
 */
export function diagnose(output, env = process.env, folder) {
  const caches = [env.npm_config_cache, env.UV_CACHE_DIR, env.TFJS_GRAPH_CACHE];
  const disks = [folder ?? root, ...caches, tmpdir(), homedir()];
  const found = CAUSES.find(({ pattern }) => pattern.test(output));
  // npm ends without a word where its cache cannot grow.
  const name = found?.name ?? (folder && isFull(fullest(disks)) ? 'diskFull' : undefined);
  if (!name) return undefined;
  const proxies = proxiesIn(env);
  const path = found && pathIn(output, found.pattern);
  const [, host] =
    /(?:GET|to|at|fetch|indexes|url):? [`(]?\w+:\/\/(?:[^@/\s]*@)?([^/\s`),]+)/i.exec(output) ?? [];
  const isDown = ({ host: proxy }) =>
    /tunnel error|ProxyError/.test(output) ||
    // Of an npm that was ended: the proxy's name it is, since those of indexes are left to the proxy.
    /failed with (ENOTFOUND|EAI_AGAIN)/.test(output) ||
    output.includes(` ${proxy.replace(/:\d+$/, '')}\n`) ||
    /connect E\w+ \S+(:\d+)/.exec(output)?.[1] === /:\d+$/.exec(proxy)?.[0];
  return {
    name: name === 'network' && proxies.some(isDown) ? 'proxyDown' : name,
    host,
    proxies: proxies.map(({ address }) => address),
    ...(name === 'diskFull' && fullDisk(path, disks)),
    quota: /quota/i.test(output),
    path: path && nearest(path),
  };
}

/** Returns the disk of the file that could not be written or, if that has room or is unknown, the fullest one. */
function fullDisk(path, folders) {
  const own = path && fullest([dirname(path)]);
  const other = fullest(folders);
  return own && (isFull(own) || !isFull(other)) ? own : other;
}

/** Finds the path that a program prints with an error; of a copy, the target, which is the last on the line. */
function pathIn(output, trouble) {
  const lines = output.split('\n');
  const at = lines.findIndex(line => trouble.test(line));
  const near = lines.slice(Math.max(at - 1, 0), at + 3);
  return /^.*(?:['"`]|path )((?:\/|[A-Z]:\\)[^'"`\n]+)/m.exec(near.reverse().join('\n'))?.[1];
}

const cureOf = ({ name, ...facts }) => {
  const text = earlyMessages().causes[name];
  return typeof text === 'function' ? text({ now: new Date(), ...facts }) : text;
};

/**
 * Returns what to tell the reader of an error: a failure's own message or, if our own writing met it,
 * that the disk is full or a folder not writable. Returns `undefined` for a mistake of ours.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function textOf(error) {
  if (error?.name === 'Failure') return error.message;
  const found = error?.code && diagnose(`${error.code} ${error.message}`);
  return found && `${error.message}\n${cureOf(found)}`;
}

/**
 * Reports a failed program: the last lines of its output, the cause, and where the whole log is. The
 * log then ends with the cause, by its name, and what its sentence tells.
 *
 * @param {string} title
 * @param {string} output
 * @param {string} log
 * @param {NodeJS.ProcessEnv} [env] of the program
 */
export function failureOf(title, output, log, env = process.env) {
  const lines = [...new Set(output.trimEnd().split('\n'))].slice(-15);
  const tail = lines.map(line => (line.length > 200 ? `${line.slice(0, 200)} …` : line)).join('\n');
  const found = diagnose(output, env, dirname(log));
  try {
    if (found) appendFileSync(log, `✖ ${JSON.stringify(found)}\n`);
  } catch {} // a disk that is full, say
  return new Failure(earlyMessages().failure.failed(title, tail, found && cureOf(found), log));
}

/**
 * Returns why the last program that wrote a log failed; `undefined` if it did not, or nobody knows.
 *
 * @param {string} log
 * @returns {string | undefined}
 */
export function lastCause(log) {
  try {
    const [, found] = /\n✖ (\{.*\})\n$/.exec(readFileSync(log, 'utf8')) ?? [];
    return found && cureOf(JSON.parse(found));
  } catch {
    return undefined;
  }
}
