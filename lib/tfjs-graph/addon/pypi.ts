/** Asks PyPI, or the index that pip or uv is set to, for parts of files. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { program as said } from '../messages/en';

/** The files in which pip keeps an index, of which the first that names one is taken. */
const pipFiles = (): (string | undefined)[] => [
  process.env.PIP_CONFIG_FILE,
  join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'pip', 'pip.conf'),
  join(homedir(), '.pip', 'pip.conf'),
  join(homedir(), 'Library', 'Application Support', 'pip', 'pip.conf'),
  process.env.APPDATA && join(process.env.APPDATA, 'pip', 'pip.ini'),
  '/etc/pip.conf',
];

/** Returns the address of the index, as pip or uv would have it. */
export function indexUrl(): string {
  const { PIP_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL } = process.env;
  const inFiles = () =>
    pipFiles()
      .map(file => (file && existsSync(file) ? readFileSync(file, 'utf8') : ''))
      .map(text => /^[ \t]*index[-_]url[ \t]*[=:]\s*(\S+)/m.exec(text)?.[1])
      .find(url => url);
  const index = PIP_INDEX_URL || UV_DEFAULT_INDEX || UV_INDEX_URL || inFiles();
  return (index ?? 'https://pypi.org/simple').replace(/(?<!\/)\/*$/, '/');
}

/** Breaks a request off on which nothing comes for so long, since now or since `watch.refresh()`. */
export function patience() {
  const { UV_HTTP_TIMEOUT, PIP_TIMEOUT, PIP_DEFAULT_TIMEOUT } = process.env;
  const seconds = Number(UV_HTTP_TIMEOUT || PIP_TIMEOUT || PIP_DEFAULT_TIMEOUT) || 30;
  const controller = new AbortController();
  // As fetch itself says that a connection is lost.
  const giveUp = () => controller.abort(new TypeError(said.silent(seconds)));
  return { signal: controller.signal, watch: setTimeout(giveUp, seconds * 1000).unref() };
}

/**
 * Finds a wheel on the index.
 *
 * @throws Error if the index does not have it.
 */
export async function addressOf(file: string): Promise<URL> {
  const name = file.split('-')[0]?.replace('_', '-');
  const page = new URL(`${name}/`, indexUrl());
  // What stands between quotes: the first with the name is the link.
  const answer = await get(page, { accept: 'text/html' }, patience().signal);
  const texts = (await answer.text()).split('"');
  const link = texts.find(text => text.includes(file));
  if (link === undefined) throw new Error(said.notOnIndex(file, shown(page)));
  return new URL(link, page);
}

/**
 * Asks for bytes of a file, up to `end`.
 *
 * @throws Error if the server refuses that.
 */
export async function partOf(address: URL, start: number, end: number, signal: AbortSignal) {
  // Packed, the bytes would not be those of the file.
  const headers = { range: `bytes=${start}-${end - 1}`, 'accept-encoding': 'identity' };
  const { status, body } = await get(address, headers, signal);
  if (status !== 206 || !body) throw new Error(said.noParts(shown(address)));
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
  const response = await fetch(shown(address), {
    headers: { ...headers, ...(username && { authorization }) },
    signal,
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(said.answered(shown(address), response.status));
}

/** Returns an address without its user, as it may be shown, and as `fetch` takes it. */
export const shown = (address: URL): string =>
  Object.assign(new URL(address), { username: '', password: '', hash: '' }).href;
