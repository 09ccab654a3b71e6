/** Failures for the user to fix, and their causes. Used before packages are installed: imports only Node. */
import { appendFileSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closestExisting, fullestDisk, isFull } from '../machine/disk.mjs';
import { earlyMessages } from './language.mjs';

/** A problem for the user to fix. Shown without a stack trace. */
export class Failure extends Error {
  name = 'Failure';
}

/** Variables that set a proxy. npm passes the settings of .npmrc in separate variables. */
const PROXY = /^((https?|all)_proxy|npm_config_(https?_)?proxy|pip_proxy)$/i;

/** Returns the proxies in a program's environment: the variable and the address without the password. */
function proxiesIn(env) {
  const settings = Object.entries(env).filter(([name, value]) => value && PROXY.test(name));
  const proxies = settings.map(([name, value]) => {
    const [, scheme = 'http://', host] = /^(\w+:\/\/)?(?:.*@)?([^/]*)/.exec(value);
    return { host, address: `${name} (${scheme}${host})` };
  });
  // Users set both spellings, because programs read either.
  return [...new Map(proxies.map(proxy => [proxy.address.toUpperCase(), proxy])).values()];
}

const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

const table = new URL('./causes.json', import.meta.url);

/** Known causes with patterns of program output. The first match wins. */
const CAUSES = Object.entries(JSON.parse(readFileSync(table, 'utf8'))).map(([name, patterns]) => ({
  name,
  pattern: new RegExp(patterns.join('|') || '$^', 'i'),
}));

const PROXY_LOGIN = CAUSES.find(({ name }) => name === 'proxyLogin').pattern;

/** Returns whether a line of output reports that a proxy requires a login. A retry would be useless. */
export const wantsLogin = line => PROXY_LOGIN.test(line);

/**
 * Facts for a cause's message: the requested host, the active proxies, the fullest disk and the affected
 * path.
 *
 * @typedef {{ name: string, host?: string, proxies: string[], folder?: string, megabytes?: number,
 *   noFiles?: boolean, quota?: boolean, path?: string, now?: Date }} Facts
 */

/**
 * Returns the likely cause of a failure from a program's output, or `undefined` if unknown.
 *
 * @param {string} output
 * @param {NodeJS.ProcessEnv} [env] of the program
 * @param {string} [folder] the program's output folder
 * @returns {Facts | undefined}
 */
export function diagnose(output, env = process.env, folder) {
  const caches = [env.npm_config_cache, env.UV_CACHE_DIR, env.TFJS_GRAPH_CACHE];
  const disks = [folder ?? root, ...caches, tmpdir(), homedir()];
  const cause = CAUSES.find(({ pattern }) => pattern.test(output));
  // npm exits silently if the cache cannot grow.
  const name = cause?.name ?? (folder && isFull(fullestDisk(disks)) ? 'diskFull' : undefined);
  if (!name) return undefined;
  const proxies = proxiesIn(env);
  const path = cause && pathIn(output, cause.pattern);
  const [, host] =
    /(?:GET|to|at|fetch|indexes|url):? [`(]?\w+:\/\/(?:[^@/\s]*@)?([^/\s`),]+)/i.exec(output) ?? [];
  const isUnreachable = ({ host: proxy }) =>
    /tunnel error|ProxyError/.test(output) ||
    // After npm was killed: an unresolved host is the proxy, because the proxy resolves the registry.
    /failed with (ENOTFOUND|EAI_AGAIN)/.test(output) ||
    output.includes(` ${proxy.replace(/:\d+$/, '')}\n`) ||
    /connect E\w+ \S+(:\d+)/.exec(output)?.[1] === /:\d+$/.exec(proxy)?.[0];
  return {
    name: name === 'network' && proxies.some(isUnreachable) ? 'proxyDown' : name,
    host,
    proxies: proxies.map(({ address }) => address),
    ...(name === 'diskFull' && fullDisk(path, disks)),
    quota: /quota/i.test(output),
    path: path && closestExisting(path),
  };
}

/** Returns the disk of the failed file or, if that disk has space or is unknown, the fullest disk. */
function fullDisk(path, folders) {
  const fileDisk = path && fullestDisk([dirname(path)]);
  const fullest = fullestDisk(folders);
  return fileDisk && (isFull(fileDisk) || !isFull(fullest)) ? fileDisk : fullest;
}

/** Returns the path in an error message. For a copy, returns the target: the last path on the line. */
function pathIn(output, pattern) {
  const lines = output.split('\n');
  const index = lines.findIndex(line => pattern.test(line));
  const context = lines.slice(Math.max(index - 1, 0), index + 3);
  return /^.*(?:['"`]|path )((?:\/|[A-Z]:\\)[^'"`\n]+)/m.exec(context.reverse().join('\n'))?.[1];
}

const remedyFor = ({ name, ...facts }) => {
  const text = earlyMessages().causes[name];
  return typeof text === 'function' ? text({ now: new Date(), ...facts }) : text;
};

/**
 * Returns the user's message for an error: a failure's message, or the cause of a failed write (disk full, folder not
 * writable). Returns `undefined` for a bug.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function describeError(error) {
  if (error?.name === 'Failure') return error.message;
  const cause = error?.code && diagnose(`${error.code} ${error.message}`);
  return cause && `${error.message}\n${remedyFor(cause)}`;
}

/**
 * Returns a failure with the last lines of a program's output, the likely cause and the log's path. Appends the cause
 * as JSON to the log.
 *
 * @param {string} title
 * @param {string} output
 * @param {string} log
 * @param {NodeJS.ProcessEnv} [env] of the program
 */
export function programFailure(title, output, log, env = process.env) {
  const lines = [...new Set(output.trimEnd().split('\n'))].slice(-15);
  const tail = lines.map(line => (line.length > 200 ? `${line.slice(0, 200)} …` : line)).join('\n');
  const cause = diagnose(output, env, dirname(log));
  try {
    if (cause) appendFileSync(log, `✖ ${JSON.stringify(cause)}\n`);
  } catch {} // such as on a full disk
  return new Failure(earlyMessages().failure.failed(title, tail, cause && remedyFor(cause), log));
}

/**
 * Returns the cause recorded at the end of a log, or `undefined` after success or an unknown cause.
 *
 * @param {string} log
 * @returns {string | undefined}
 */
export function recordedCause(log) {
  try {
    const [, cause] = /\n✖ (\{.*\})\n$/.exec(readFileSync(log, 'utf8')) ?? [];
    return cause && remedyFor(JSON.parse(cause));
  } catch {
    return undefined;
  }
}
