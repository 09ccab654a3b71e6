/** Hands the settings that a user has made for pip on to uv, which reads none of them by itself. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** pip's settings by their long names, such as `index-url`. */
type PipSettings = ReadonlyMap<string, string>;

/**
 * Asks for the user's settings, from all of pip's files and from `PIP_…` variables, the first of some
 * Pythons that has a pip. Where none has one, the variables count alone.
 */
export async function pipSettings(
  pythons: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<PipSettings> {
  for (const python of pythons) {
    try {
      const { stdout } = await run(python, ['-m', 'pip', 'config', 'list'], {
        env,
        timeout: 60_000,
      });
      return parsePipSettings(stdout);
    } catch {} // it has no pip, as in an environment that uv has made
  }
  return new Map(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith('PIP_') && value ? [[longName(name.slice(4)), value]] : [],
    ),
  );
}

const longName = (name: string) => name.toLowerCase().replaceAll('_', '-');

/** pip's settings of where packages come from, and how. */
const NETWORK = [
  ...['index-url', 'extra-index-url', 'find-links', 'no-index', 'trusted-host', 'proxy', 'cert'],
  ...['client-cert', 'timeout', 'default-timeout', 'retries', 'keyring-provider'],
];

/**
 * Returns variables by which pip follows those of the user's settings. All others are taken away: a
 * `target` or a `constraint` would change what is installed, or where.
 */
export function pipVariables(
  pip: PipSettings,
  env: NodeJS.ProcessEnv,
): Record<string, string | undefined> {
  const users = Object.keys(env).filter(name => name.startsWith('PIP_'));
  const kept = NETWORK.filter(name => pip.has(name));
  return {
    ...Object.fromEntries(users.map(name => [name, undefined])),
    ...Object.fromEntries(
      kept.map(name => [`PIP_${name.toUpperCase().replaceAll('-', '_')}`, pip.get(name)]),
    ),
    PIP_CONFIG_FILE: devNull,
  };
}

/** Which of pip's settings stand above which; those for other commands do not count. */
const SECTIONS = ['global', 'install', ':env:'];

/**
 * Reads what `pip config list` prints.
 *
 * @example
 * parsePipSettings("global.index-url='https://mirror.example/simple'").get('index-url'); // 'https://mirror.example/simple'
 */
export function parsePipSettings(listed: string): PipSettings {
  const lines = listed.matchAll(/^([\w:-]+)\.([\w-]+)=(['"])(.*)\3\r?$/gm);
  const found = Array.from(lines, ([, section = '', name = '', , value = '']) => ({
    rank: SECTIONS.indexOf(section),
    name: longName(name),
    // A string as Python prints it.
    value: value.replace(/\\(.)/g, (_, char) => (char === 'n' ? '\n' : char)).trim(),
  }));
  const counting = found.filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank);
  return new Map(counting.map(({ name, value }) => [name, value]));
}

/** Variables by which a user has told uv itself where packages come from. */
const OWN_INDEX = ['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'UV_INDEX', 'UV_EXTRA_INDEX_URL'];

/** Returns the name that a variable's setting has in `uv.toml`. */
const nameInConfig = (variable: string) =>
  variable === 'UV_INSECURE_HOST' ? 'allow-insecure-host' : longName(variable.replace(/^UV_/, ''));

/**
 * Returns what uv is told of pip's settings, by variables or, for what has none, by options of `uv pip
 * install`. What the user has set for uv stands above them.
 *
 * @param config the names of what is set in `uv.toml`
 *
 * @example
 * const pip = new Map([['index-url', 'https://mirror.example/simple']]);
 * uvSettings(pip, {}).env.UV_DEFAULT_INDEX; // 'https://mirror.example/simple'
 */
export function uvSettings(
  pip: PipSettings,
  env: NodeJS.ProcessEnv,
  config: ReadonlySet<string> = new Set(),
): { args: string[]; env: Record<string, string> } {
  const words = (name: string) => (pip.get(name) ?? '').split(/\s+/).filter(Boolean);
  const isAddress = (place: string) => /^\w+:\/\//.test(place);
  const others = words('extra-index-url');
  const proxy = pip.get('proxy')?.replace(/^(?!\w+:\/\/)/, 'http://');
  const certificate = pip.get('cert') ?? env.REQUESTS_CA_BUNDLE ?? env.CURL_CA_BUNDLE;
  const timeout = pip.get('timeout') ?? pip.get('default-timeout');
  const ownIndex =
    OWN_INDEX.some(name => env[name] || config.has(nameInConfig(name))) || config.has('no-index');
  const index: Record<string, string | undefined> = ownIndex
    ? {}
    : {
        UV_DEFAULT_INDEX: pip.get('index-url'),
        UV_INDEX: others.join(' '),
        // As pip does: each version may come from any of them. The checksums are the same.
        UV_INDEX_STRATEGY: others.length > 0 ? 'unsafe-best-match' : undefined,
      };
  const wanted: Record<string, string | undefined> = {
    ...index,
    UV_FIND_LINKS: words('find-links')
      // pip passes over a folder that is not there, and uv would end.
      .filter(place => isAddress(place) || existsSync(place))
      .map(place => (isAddress(place) ? place : pathToFileURL(resolve(place)).href))
      .map(place => place.replaceAll(',', '%2C'))
      .join(','),
    UV_INSECURE_HOST: words('trusted-host').join(' '),
    // uv takes whole seconds alone.
    UV_HTTP_TIMEOUT: timeout && `${Math.ceil(Number(timeout))}`,
    UV_HTTP_RETRIES: pip.get('retries'),
    UV_KEYRING_PROVIDER: pip.get('keyring-provider') === 'subprocess' ? 'subprocess' : undefined,
    SSL_CERT_FILE: certificate,
    SSL_CLIENT_CERT: pip.get('client-cert'),
    ...(proxy ? { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } : {}),
    // As pip does: certificates that the system trusts, a school's own among them. The second name is
    // that of uv before 0.13.
    UV_SYSTEM_CERTS: 'true',
    UV_NATIVE_TLS: 'true',
  };
  const isMissing = ([name, value]: [string, string | undefined]) =>
    value && !env[name] && !env[name.toLowerCase()] && !config.has(nameInConfig(name));
  const unset = Object.entries(wanted).filter(isMissing) as [string, string][];
  const noIndex = !ownIndex && /^(1|true|yes|on)$/i.test(pip.get('no-index') ?? '');
  return {
    args: noIndex ? ['--no-index'] : [],
    env: Object.fromEntries(unset),
  };
}
