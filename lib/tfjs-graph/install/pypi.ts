/** Downloads parts of files from PyPI, or from the index configured for pip or uv. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { program as texts } from '../messages/en';

/** pip's configuration files; the first file with an index takes precedence. */
const pipFiles = (): (string | undefined)[] => [
  process.env.PIP_CONFIG_FILE,
  join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'pip', 'pip.conf'),
  join(homedir(), '.pip', 'pip.conf'),
  join(homedir(), 'Library', 'Application Support', 'pip', 'pip.conf'),
  process.env.APPDATA && join(process.env.APPDATA, 'pip', 'pip.ini'),
  '/etc/pip.conf',
];

/** Returns the URL of the package index configured for pip or uv; defaults to PyPI. */
export function indexUrl(): string {
  const { PIP_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL } = process.env;
  const inFiles = () =>
    pipFiles()
      .map(file => (file && existsSync(file) ? readFileSync(file, 'utf8') : ''))
      .map(text => /^[ \t]*index[-_]url[ \t]*[=:]\s*(\S+)/m.exec(text)?.[1])
      .find(url => url);
  // uv's index may have a name, as in mirror=https://…
  const ofUv = (UV_DEFAULT_INDEX || UV_INDEX_URL)?.replace(/^[\w-]+=/, '');
  const index = ofUv || PIP_INDEX_URL || inFiles();
  return (index ?? 'https://pypi.org/simple').replace(/(?<!\/)\/*$/, '/');
}

/** Returns a signal that aborts a silent request after the timeout. `timer.refresh()` restarts the timeout. */
export function requestTimeout() {
  const { UV_HTTP_TIMEOUT, PIP_TIMEOUT, PIP_DEFAULT_TIMEOUT } = process.env;
  const seconds = Number(UV_HTTP_TIMEOUT || PIP_TIMEOUT || PIP_DEFAULT_TIMEOUT) || 30;
  const controller = new AbortController();
  // A TypeError, like fetch's own error for a lost connection.
  const abort = () => controller.abort(new TypeError(texts.silent(seconds)));
  return { signal: controller.signal, timer: setTimeout(abort, seconds * 1000).unref() };
}

/** Returns the URL of a wheel on the index. Throws if the index lacks the wheel. */
export async function addressOf(file: string): Promise<URL> {
  const name = file.split('-')[0]?.replace('_', '-');
  const page = new URL(`${name}/`, indexUrl());
  const response = await get(page, { accept: 'text/html' }, requestTimeout().signal);
  // The first quoted string with the file's name is the link.
  const link = (await response.text()).split('"').find(text => text.includes(file));
  if (link === undefined) throw new Error(texts.notOnIndex(file, withoutLogin(page)));
  return new URL(link, page);
}

/** Requests the bytes from `start` to `end` (exclusive) of a file. Throws if the server does not support ranges. */
export async function partOf(address: URL, start: number, end: number, signal: AbortSignal) {
  // With compression, the range would apply to the compressed bytes.
  const headers = { range: `bytes=${start}-${end - 1}`, 'accept-encoding': 'identity' };
  const { status, body } = await get(address, headers, signal);
  if (status !== 206 || !body) throw new Error(texts.noParts(withoutLogin(address)));
  return body;
}

async function get(
  address: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  const { username, password } = address;
  const user = Buffer.from([username, password].map(decodeURIComponent).join(':'));
  const authorization = `Basic ${user.toString('base64')}`;
  const response = await fetch(withoutLogin(address), {
    headers: { ...headers, ...(username && { authorization }) },
    signal,
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(texts.answered(withoutLogin(address), response.status));
}

/** Returns a URL without the login, for messages and for `fetch`. */
export const withoutLogin = (address: URL): string =>
  Object.assign(new URL(address), { username: '', password: '', hash: '' }).href;
