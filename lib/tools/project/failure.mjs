/**
 * Failures that the reader can cure, and the usual causes of a failed install. Set-up needs them before
 * any package is installed, so they use nothing but Node's own modules.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { earlyMessages } from './language.mjs';

/** A trouble that the reader can cure: only its message is shown, without a stack trace. */
export class Failure extends Error {
  name = 'Failure';
}

// npm hands what stands in .npmrc on in variables of its own.
const proxyVariables = Object.keys(process.env)
  .filter(name => /^((https?|all)_proxy|npm_config_(https?_)?proxy|pip_proxy)$/i.test(name))
  .filter(name => process.env[name]);

/**
 * The usual causes by what programs print of them, the first that fits before others.
 *
 * @type {Readonly<Record<keyof ReturnType<typeof earlyMessages>['causes'], RegExp>>}
 */
const CAUSES = {
  diskFull: /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|\[Errno 28\]/i,
  proxyLogin: /proxy auth(entication|orization) required|\bE407\b|GET 407|\(407 |failed: 407/i,
  indexLogin: /\bE401\b|\b401 (Client Error|Unauthorized)|\(401 |GET 401/,
  forbidden: /\bE403\b|\b403 (Client Error|Forbidden)|\(403 |GET 403/,
  webPage: /invalid json response body|EJSONPARSE|Unexpected token '<'/,
  offline: /network was disabled|ENOTCACHED/,
  clock:
    /CERT_(NOT_YET_VALID|HAS_EXPIRED)|certificate (has expired|is not yet valid|expired|not valid yet)|NotValidYet/i,
  certificate:
    /invalid peer certificate|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|SSLError/i,
  network:
    /ENOTFOUND|EAI_AGAIN|Proxy connection ended|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|Max retries exceeded|name resolution|Failed to establish a new connection|ConnectTimeout|ReadTimeout|ProxyError|Network is unreachable|error sending request|dns error|operation timed out|incomplete-download|from versions: none/i,
  checksum: /EINTEGRITY|Hash mismatch|DO NOT MATCH THE HASHES/,
  notInIndex:
    /not found in the (package registry|provided package locations)|there is no version of|ETARGET|\bE404\b/,
  longPath: /ENAMETOOLONG|os error 206|WinError 206|filename or extension is too long/i,
  notWritable: /EACCES|EPERM|Permission denied|\[Errno 13\]|EROFS|Read-only file system/i,
};

/** Tells whether a line of a program's output says that a proxy wants a login: to try again is in vain. */
export const wantsLogin = line => CAUSES.proxyLogin.test(line);

const nameOfCause = output => Object.keys(CAUSES).find(name => CAUSES[name].test(output));

const cureOf = cause => {
  const text = earlyMessages().causes[cause];
  return typeof text === 'function' ? text(proxyVariables) : text;
};

/**
 * Finds the usual cause in a failed program's output, and returns it with its cure.
 *
 * @param {string} output
 * @returns {string | undefined}
 */
export function causeOf(output) {
  const name = nameOfCause(output);
  return name && cureOf(name);
}

/**
 * Returns what to tell the reader of an error: a failure's own message or, if our own writing met it,
 * that the disk is full or a folder not writable. Returns `undefined` for a mistake of ours.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function textOf(error) {
  if (error?.name === 'Failure') return error.message;
  const cause = error?.code && causeOf(error.code);
  return cause && `${error.message}\n${cause}`;
}

/**
 * Reports a failed program: the last lines of its output, the cause, and where the whole log is. The
 * log then ends with the cause, by its name.
 *
 * @param {string} title
 * @param {string} output
 * @param {string} log
 */
export function failureOf(title, output, log) {
  const lines = [...new Set(output.trimEnd().split('\n'))].slice(-15);
  const tail = lines.map(line => (line.length > 200 ? `${line.slice(0, 200)} …` : line)).join('\n');
  const cause = nameOfCause(output);
  const text = cause && cureOf(cause);
  try {
    if (cause) appendFileSync(log, `✖ ${cause}: ${text}\n`);
  } catch {} // a disk that is full, say
  return new Failure(earlyMessages().failure.failed(title, tail, text, log));
}

/**
 * Returns why the last program that wrote a log failed; `undefined` if it did not, or nobody knows.
 *
 * @param {string} log
 * @returns {string | undefined}
 */
export function lastCause(log) {
  try {
    const [, cause] = /\n✖ (\w+): .*\n$/.exec(readFileSync(log, 'utf8')) ?? [];
    return cause && cureOf(cause);
  } catch {
    return undefined;
  }
}
