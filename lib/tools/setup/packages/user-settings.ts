/**
 * Carries over what a user has set for pip and for uv of where packages come from, and how. uv reads none
 * of pip's settings, and all others would change what is installed, or where.
 */
import { existsSync, readFileSync } from 'node:fs';
import { devNull, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, type TomlTable } from 'smol-toml';
import { answerOf } from '../../project/answer-of';
import { Failure } from '../../project/failure.mjs';
import { messages } from '../../project/messages';
import { changeOf, longName, type Setting, variablesOf } from './in-force.mjs';

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
    // One that uv has made has no pip.
    const found = await answerOf(python, ['-m', 'pip', 'config', 'list'], parsePipSettings, env);
    if (found) return found;
  }
  return new Map(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith('PIP_') && value ? [[longName(name.slice(4)), value]] : [],
    ),
  );
}

/**
 * Returns variables by which pip follows those of the user's settings. All others are taken away: a
 * `target` or a `constraint` would change what is installed, or where.
 */
export function pipVariables(
  pip: PipSettings,
  env: NodeJS.ProcessEnv,
): Record<string, string | undefined> {
  const users = Object.keys(env).filter(name => name.startsWith('PIP_'));
  const kept = [...pip.keys()].filter(name => changeOf('pip', name));
  return {
    ...Object.fromEntries(users.map(name => [name, undefined])),
    ...Object.fromEntries(kept.map(name => [pipVariable(name), pip.get(name)])),
    PIP_CONFIG_FILE: devNull,
  };
}

const pipVariable = (name: string) => `PIP_${name.toUpperCase().replaceAll('-', '_')}`;

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
 * @param config what is set in `uv.toml`
 *
 * @example
 * const pip = new Map([['index-url', 'https://mirror.example/simple']]);
 * uvSettings(pip, {}).env.UV_DEFAULT_INDEX; // 'https://mirror.example/simple'
 */
export function uvSettings(
  pip: PipSettings,
  env: NodeJS.ProcessEnv,
  config: TomlTable = {},
): { args: string[]; env: Record<string, string> } {
  const words = (name: string) => (pip.get(name) ?? '').split(/\s+/).filter(Boolean);
  const isAddress = (place: string) => /^\w+:\/\//.test(place);
  const others = words('extra-index-url');
  const proxy = pip.get('proxy')?.replace(/^(?!\w+:\/\/)/, 'http://');
  const certificate = pip.get('cert') ?? env.REQUESTS_CA_BUNDLE ?? env.CURL_CA_BUNDLE;
  const timeout = pip.get('timeout') ?? pip.get('default-timeout');
  const ownIndex =
    OWN_INDEX.some(name => env[name] || nameInConfig(name) in config) || 'no-index' in config;
  const wanted: Record<string, string | undefined> = {
    ...(!ownIndex && {
      UV_DEFAULT_INDEX: pip.get('index-url'),
      UV_INDEX: others.join(' '),
      // As pip does: each version may come from any of them. The checksums are the same.
      UV_INDEX_STRATEGY: others.length > 0 ? 'unsafe-best-match' : undefined,
    }),
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
    value && !env[name] && !env[name.toLowerCase()] && !(nameInConfig(name) in config);
  const unset = Object.entries(wanted).filter(isMissing) as [string, string][];
  const noIndex = !ownIndex && isSet(pip.get('no-index'));
  return { args: noIndex ? ['--no-index'] : [], env: Object.fromEntries(unset) };
}

/**
 * Returns the variables by which a Node of ours asks the index that uv would ask, by the same proxy;
 * `undefined` if uv would ask none, or this Node knows of no such proxy.
 */
export function downloadVariables(
  pip: PipSettings,
  env: NodeJS.ProcessEnv = process.env,
  config: TomlTable = uvConfig(env),
): Record<string, string | undefined> | undefined {
  const { args, env: settings } = uvSettings(pip, env, config);
  const all: NodeJS.ProcessEnv = { ...env, ...settings };
  const off = [isSet(all.UV_OFFLINE), isSet(all.UV_NO_INDEX), config.offline, config['no-index']];
  const HTTPS_PROXY = all.HTTPS_PROXY || all.https_proxy || (config['https-proxy'] as string);
  const isOther = !HTTPS_PROXY && (all.ALL_PROXY || all.all_proxy);
  const isLost = HTTPS_PROXY && !process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
  if (args.length > 0 || off.includes(true) || isOther || isLost) return undefined;
  const usual = [config.index ?? []].flat().find(each => (each as TomlTable).default) as TomlTable;
  const index =
    all.UV_DEFAULT_INDEX || all.UV_INDEX_URL || ((usual?.url ?? config['index-url']) as string);
  const NODE_EXTRA_CA_CERTS = all.NODE_EXTRA_CA_CERTS || all.SSL_CERT_FILE;
  // An index may have a name, as in mirror=https://…
  const PIP_INDEX_URL = index?.replace(/^[\w-]+=/, '');
  return { ...settings, HTTPS_PROXY, PIP_INDEX_URL, NODE_EXTRA_CA_CERTS, NODE_USE_ENV_PROXY: '1' };
}

const isSet = (value = '') => /^(1|true|t|yes|y|on)$/i.test(value);

/**
 * Reads the settings that are carried over, of the one file that counts: the user's or, where there is none,
 * the system's. Files of the folders above the project belong to other projects.
 *
 * @throws Failure if that file is not TOML, or cannot be read
 * @see https://docs.astral.sh/uv/concepts/configuration-files
 */
export function uvConfig(env: NodeJS.ProcessEnv, platform = process.platform): TomlTable {
  const file = uvFile(env, platform);
  const settings = Object.entries(file ? readConfig(file) : {});
  return Object.fromEntries(settings.filter(([name]) => changeOf('uv', name)));
}

function uvFile(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (isSet(env.UV_NO_CONFIG)) return undefined;
  if (env.UV_CONFIG_FILE) return resolve(env.UV_CONFIG_FILE);
  const [user = '', ...system] = configFiles(env, platform);
  return [user, ...(isSet(env.UV_NO_SYSTEM_CONFIG) ? [] : system)].find(file => existsSync(file));
}

/** Lists what the user has set for pip and for uv, by files and by variables. */
export function pythonSettings(
  pip: PipSettings,
  env: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): Setting[] {
  const ofPip = Array.from(pip, ([name, value]) => {
    const variable = pipVariable(name);
    const found = { value, change: changeOf('pip', name) };
    return env[variable] ? { name: variable, ...found } : { where: 'pip.conf', name, ...found };
  });
  const where = uvFile(env, platform);
  const ofUv = Object.entries(where ? readConfig(where) : {}).map(([name, value]) => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    return { where, name, value: shown, change: changeOf('uv', name) };
  });
  return [...ofPip, ...ofUv, ...variablesOf('uv', env)];
}

/** Lists where uv looks: the user's file, and those of the system. */
function configFiles(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const home = env.HOME || homedir();
  const folders =
    platform === 'win32'
      ? [
          env.APPDATA ?? join(home, 'AppData', 'Roaming'),
          join(`${env.SYSTEMDRIVE ?? 'C:'}\\`, 'ProgramData'),
        ]
      : [
          env.XDG_CONFIG_HOME || join(home, '.config'),
          ...(env.XDG_CONFIG_DIRS || '/etc/xdg').split(':'),
          '/etc',
        ];
  return folders.map(folder => join(folder, 'uv', 'uv.toml'));
}

/** Reads a file of uv's settings; those for `uv pip` alone stand above the others, and beside them. */
function readConfig(file: string): TomlTable {
  try {
    const { pip, ...others } = parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return { ...others, ...(pip as TomlTable) };
  } catch (error) {
    const { message } = error as Error;
    throw new Failure(messages().setup.uvTomlUnreadable(file, message.trimEnd()));
  }
}
