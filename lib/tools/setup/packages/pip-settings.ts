/** Passes the user's pip settings to uv, which ignores pip's configuration, and to this project's downloads. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readOutput } from '../../project/answer-of';
import { readText } from '../../project/files';
import { pythonsWithPip } from './pythons';
import { uvConfigFile } from './user-settings.mjs';

/** pip's settings about package sources and connections, by their long names. */
const NAMES = [
  ...['index-url', 'extra-index-url', 'find-links', 'no-index', 'keyring-provider'],
  ...['proxy', 'cert', 'client-cert', 'trusted-host', 'timeout', 'default-timeout', 'retries'],
];

type PipSettings = ReadonlyMap<string, string>;

/** The sections of pip's files that apply to an installation, in ascending order of priority. */
const SECTIONS = ['global', 'install', ':env:'];

/** Returns the user's settings from the first Python with pip. Without pip, reads only pip's variables. */
export async function pipSettings(
  pythons: readonly string[] = pythonsWithPip(),
  env: NodeJS.ProcessEnv = process.env,
): Promise<PipSettings> {
  for (const python of pythons) {
    const settings = await readOutput(python, ['-m', 'pip', 'config', 'list'], parseSettings, env);
    if (settings) return settings;
  }
  const variable = (name: string) => env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`] ?? '';
  return new Map(NAMES.filter(variable).map(name => [name, variable(name)]));
}

/** Reads the output of `pip config list`, in which values are Python strings. */
export function parseSettings(output: string): PipSettings {
  const inSection = (section: string) => {
    const lines = new RegExp(`^${section}\\.(${NAMES.join('|')})=(['"])(.*)\\2\\r?$`, 'gm');
    return Array.from(output.matchAll(lines), ([, name = '', , text = '']) => {
      const value = text.replace(/\\(.)/g, (_, letter) => (letter === 'n' ? '\n' : letter));
      return [name, value.trim()] as const;
    });
  };
  return new Map(SECTIONS.flatMap(inSection));
}

/** Returns the text of the `uv.toml` that uv reads; an empty string without one. */
const uvConfig = (env: NodeJS.ProcessEnv) => readText(uvConfigFile(env) ?? '') ?? '';

/** Returns whether the user has set a package index for uv itself. */
const hasIndex = (env: NodeJS.ProcessEnv, config: string) =>
  ['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'UV_INDEX', 'UV_EXTRA_INDEX_URL'].some(name => env[name]) ||
  /^ *(\[\[(pip\.)?index\]\]|(extra-)?index(-url)? *=|no-index)/m.test(config);

/**
 * Returns pip's settings as variables of uv or, without a variable, as options of `uv pip install`. The user's own
 * settings for uv take precedence.
 *
 * @param config text of the `uv.toml`
 */
export function uvSettings(
  pip: PipSettings,
  env: NodeJS.ProcessEnv,
  config = uvConfig(env),
): { args: string[]; env: Record<string, string> } {
  const words = (name: string) => (pip.get(name) ?? '').split(/\s+/).filter(Boolean);
  const isUrl = (link: string) => link.includes('://');
  const links = words('find-links').map(link => (isUrl(link) ? link : resolve(link)));
  const proxy = pip.get('proxy')?.replace(/^(?!\w+:\/\/)/, 'http://');
  const timeout = pip.get('timeout') ?? pip.get('default-timeout');
  const index = {
    UV_DEFAULT_INDEX: pip.get('index-url'),
    UV_INDEX: words('extra-index-url').join(' '),
    // As in pip, any index may have the version. The checksums are the same.
    UV_INDEX_STRATEGY: pip.has('extra-index-url') ? 'unsafe-best-match' : undefined,
  };
  const variables: Record<string, string | undefined> = {
    ...(hasIndex(env, config) ? {} : index),
    // pip ignores a missing folder, uv would fail.
    UV_FIND_LINKS: links.filter(link => isUrl(link) || existsSync(link)).join(','),
    UV_INSECURE_HOST: words('trusted-host').join(' '),
    // uv accepts only whole seconds.
    UV_HTTP_TIMEOUT: timeout && `${Math.ceil(Number(timeout))}`,
    UV_HTTP_RETRIES: pip.get('retries'),
    UV_KEYRING_PROVIDER: pip.get('keyring-provider') === 'subprocess' ? 'subprocess' : undefined,
    SSL_CERT_FILE: pip.get('cert') ?? env.REQUESTS_CA_BUNDLE ?? env.CURL_CA_BUNDLE,
    SSL_CLIENT_CERT: pip.get('client-cert'),
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    // Makes uv trust the system's certificates, like pip. uv before 0.13 knows only the second name.
    UV_SYSTEM_CERTS: 'true',
    UV_NATIVE_TLS: 'true',
  };
  const additions: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value && !env[name] && !env[name.toLowerCase()]) additions[name] = value;
  }
  const noIndex = isTrue(pip.get('no-index')) && !hasIndex(env, config);
  return { args: noIndex ? ['--no-index'] : [], env: additions };
}

/**
 * Returns the variables for this project's downloads from uv's index, or `undefined` if uv is offline, or only uv knows
 * the index or the proxy.
 *
 * @param config text of the `uv.toml`
 */
export function downloadVariables(
  pip: PipSettings,
  env: NodeJS.ProcessEnv = process.env,
  config = uvConfig(env),
): Record<string, string | undefined> | undefined {
  const { args, env: settings } = uvSettings(pip, env, config);
  const all: NodeJS.ProcessEnv = { ...env, ...settings };
  const HTTPS_PROXY = all.HTTPS_PROXY || all.https_proxy;
  const hasProxies = process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
  const isUnknown = HTTPS_PROXY ? !hasProxies : all.ALL_PROXY || all.all_proxy;
  if (args.length > 0 || config || isTrue(all.UV_OFFLINE) || isUnknown) return undefined;
  const NODE_EXTRA_CA_CERTS = all.NODE_EXTRA_CA_CERTS || all.SSL_CERT_FILE;
  // An index may have a name, as in mirror=https://…
  const PIP_INDEX_URL = (all.UV_DEFAULT_INDEX || all.UV_INDEX_URL)?.replace(/^[\w-]+=/, '');
  return { ...settings, HTTPS_PROXY, PIP_INDEX_URL, NODE_EXTRA_CA_CERTS, NODE_USE_ENV_PROXY: '1' };
}

const isTrue = (value = '') => /^(1|true|t|yes|y|on)$/i.test(value);
