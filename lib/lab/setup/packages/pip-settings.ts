/** Passes the user's pip settings to uv, which ignores pip's configuration. */
import { existsSync } from 'node:fs';
import { readText } from 'command/machine/files';
import { uvConfigFile } from 'command/npm/user-settings.mjs';
import { readOutput } from 'command/processes/read-output';
import { pythonsWithPip } from './pythons';

const splitWords = (value: string) => value.split(/\s+/).filter(Boolean);

/** pip ignores missing folders, but uv fails. */
const existingLinks = (value: string) =>
  splitWords(value)
    .filter(link => link.includes('://') || existsSync(link))
    .join(',');

const wholeSeconds = (value: string) => `${Math.ceil(Number(value))}`;

/** uv's variables for pip's settings, with conversions of values. */
const VARIABLES: [setting: string, variable: string, convert?: (value: string) => string][] = [
  ['index-url', 'UV_DEFAULT_INDEX'],
  ['extra-index-url', 'UV_INDEX'],
  // As in pip, any index may have the version. The checksums are the same.
  ['extra-index-url', 'UV_INDEX_STRATEGY', () => 'unsafe-best-match'],
  ['find-links', 'UV_FIND_LINKS', existingLinks],
  ['trusted-host', 'UV_INSECURE_HOST'],
  ['keyring-provider', 'UV_KEYRING_PROVIDER', name => (name === 'subprocess' ? name : '')],
  ['timeout', 'UV_HTTP_TIMEOUT', wholeSeconds],
  ['default-timeout', 'UV_HTTP_TIMEOUT', wholeSeconds],
  ['retries', 'UV_HTTP_RETRIES'],
  ['proxy', 'HTTP_PROXY'],
  ['proxy', 'HTTPS_PROXY'],
  ['cert', 'SSL_CERT_FILE'],
  ['client-cert', 'SSL_CLIENT_CERT'],
];

const NO_INDEX = 'no-index';

type PipSettings = ReadonlyMap<string, string>;

/** Returns the user's settings about package sources, from pip's variables and, if any Python has pip, its files. */
export async function pipSettings(
  pythons: readonly string[] = pythonsWithPip(),
  env = process.env,
): Promise<PipSettings> {
  let output: string | undefined;
  for (const python of pythons)
    output ??= await readOutput(python, ['-m', 'pip', 'config', 'list'], text => text, env);
  // Values are Python strings, such as global.cert='C:\\ca.pem'.
  const lines = (output ?? '').matchAll(/^([\w.-]+)=(['"])(.*)\2\r?$/gm);
  const fileSettings = new Map(Array.from(lines, ([, key, , text]) => [key, unescapePython(text)]));
  const findValue = (name: string) =>
    env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`] ||
    fileSettings.get(`install.${name}`) ||
    fileSettings.get(`global.${name}`) ||
    (name === 'cert' && (env.REQUESTS_CA_BUNDLE || env.CURL_CA_BUNDLE)) ||
    '';
  const names = [...VARIABLES.map(([setting]) => setting), NO_INDEX];
  return new Map(names.map(name => [name, findValue(name)] as const).filter(([, value]) => value));
}

const unescapePython = (text = '') =>
  text.replace(/\\(.)/g, (_, letter) => (letter === 'n' ? '\n' : letter));

/** Returns variables of uv and options of `uv pip install` for pip's settings. The user's settings for uv win. */
export function uvSettings(pip: PipSettings, env = process.env) {
  const isIndex = (name: string) => /^UV_(\w+_)?INDEX(_URL)?$/.test(name);
  const hasIndex =
    Object.entries(env).some(([name, value]) => value && isIndex(name)) ||
    /^[^#\n]*index/m.test(readText(uvConfigFile(env) ?? '') ?? '');
  // Makes uv trust the system's certificates, like pip. uv before 0.13 knows only the second name.
  const variables: Record<string, string> = { UV_SYSTEM_CERTS: 'true', UV_NATIVE_TLS: 'true' };
  for (const [
    setting,
    variable,
    convert = (text: string) => splitWords(text).join(' '),
  ] of VARIABLES) {
    const value = convert(pip.get(setting) ?? '');
    const isOverridden = hasIndex && variable.includes('INDEX');
    if (pip.has(setting) && value && !isOverridden) variables[variable] ??= value;
  }
  const isSet = (name: string) => env[name] || env[name.toLowerCase()];
  const additions = Object.entries(variables).filter(([name]) => !isSet(name));
  const noIndex = !hasIndex && /^(1|true|t|yes|y|on)$/i.test(pip.get(NO_INDEX) ?? '');
  return { args: noIndex ? ['--no-index'] : [], env: Object.fromEntries(additions) };
}
