/**
 * Carries over what a user has set for pip and for uv of where packages come from, and how. uv reads none
 * of pip's settings, and all others would change what is installed, or where.
 */
import { existsSync, readFileSync } from 'node:fs';
import { devNull, homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, type TomlTable, type TomlValue } from 'smol-toml';
import { answerOf } from '../../project/answer-of';
import { Failure } from '../../project/failure.mjs';
import { messages } from '../../project/messages';
import { changeOf, longName, type Setting } from './in-force.mjs';

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
 * @param config what is set in `uv.toml`
 *
 * @example
 * const pip = new Map([['index-url', 'https://mirror.example/simple']]);
 * uvSettings(pip, {}).env.UV_DEFAULT_INDEX; // 'https://mirror.example/simple'
 */
export function uvSettings(
  pip: PipSettings,
  env: NodeJS.ProcessEnv,
  { pip: section = {}, ...top }: TomlTable = {},
): { args: string[]; env: Record<string, string> } {
  const config = new Set(Object.keys({ ...top, ...(section as TomlTable) }));
  const words = (name: string) => (pip.get(name) ?? '').split(/\s+/).filter(Boolean);
  const isAddress = (place: string) => /^\w+:\/\//.test(place);
  const others = words('extra-index-url');
  const proxy = pip.get('proxy')?.replace(/^(?!\w+:\/\/)/, 'http://');
  const certificate = pip.get('cert') ?? env.REQUESTS_CA_BUNDLE ?? env.CURL_CA_BUNDLE;
  const timeout = pip.get('timeout') ?? pip.get('default-timeout');
  const ownIndex =
    OWN_INDEX.some(name => env[name] || config.has(nameInConfig(name))) || config.has('no-index');
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
    value && !env[name] && !env[name.toLowerCase()] && !config.has(nameInConfig(name));
  const unset = Object.entries(wanted).filter(isMissing) as [string, string][];
  const noIndex = !ownIndex && isSet(pip.get('no-index'));
  return { args: noIndex ? ['--no-index'] : [], env: Object.fromEntries(unset) };
}

/** Those that hold an address or a path, which is relative to the file. */
const PLACES = ['index', 'index-url', 'extra-index-url', 'find-links'];

const isTable = (value?: TomlValue): value is TomlTable =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);

const isSet = (value = '') => /^(1|true|t|yes|y|on)$/i.test(value);

/**
 * Reads the settings that are carried over, merged from the user's file and the system's, as uv does.
 * Files of the folders above the project belong to other projects.
 *
 * @throws Failure where a file is not TOML, or the one that `UV_CONFIG_FILE` names cannot be read
 * @see https://docs.astral.sh/uv/concepts/configuration-files
 */
export const uvConfig = (env: NodeJS.ProcessEnv, platform = process.platform): TomlTable =>
  uvFiles(env, platform)
    .map(({ file, table }) => carriedOver(table, dirname(file)))
    .reduceRight((below, above) => merge(above, below), {});

/** Reads the files of uv's settings, the one that stands above before the other. */
function uvFiles(env: NodeJS.ProcessEnv, platform: NodeJS.Platform) {
  if (isSet(env.UV_NO_CONFIG)) return [];
  if (env.UV_CONFIG_FILE) return readConfig(resolve(env.UV_CONFIG_FILE), true);
  const [user = '', ...system] = configFiles(env, platform);
  const below = isSet(env.UV_NO_SYSTEM_CONFIG) ? undefined : system.find(file => existsSync(file));
  return [...readConfig(user), ...(below ? readConfig(below) : [])];
}

/** Lists what the user has set for pip and for uv, by files and by variables. */
export function pythonSettings(
  pip: PipSettings,
  env: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): Setting[] {
  const ofPip = Array.from(pip, ([name, value]) => {
    const variable = `PIP_${name.toUpperCase().replaceAll('-', '_')}`;
    const found = { value, change: changeOf('pip', name) ?? changeOf('all', longName(variable)) };
    return env[variable] ? { name: variable, ...found } : { where: 'pip.conf', name, ...found };
  });
  const ofUv = uvFiles(env, platform).flatMap(({ file: where, table: { pip: section, ...top } }) =>
    Object.entries({ ...top, ...(section as TomlTable) }).map(([name, value]) => {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      return { where, name, value: shown, change: changeOf('uv', name) };
    }),
  );
  const variables = Object.entries(env).flatMap(([name, value]) => {
    const change = changeOf('uv', longName(name.slice(3))) ?? changeOf('all', longName(name));
    return name.startsWith('UV_') && value ? [{ name, value, change }] : [];
  });
  return [...ofPip, ...ofUv, ...variables];
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

function readConfig(file: string, named = false): { file: string; table: TomlTable }[] {
  try {
    return [{ file, table: parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) }];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code && !named) return []; // as uv passes over one that is not there, or not to be read
    throw new Failure(messages().setup.uvTomlUnreadable(file, message.trimEnd()));
  }
}

function carriedOver(table: TomlTable, folder: string): TomlTable {
  const kept = Object.entries(table).filter(([name]) => name === 'pip' || changeOf('uv', name));
  const placed = (name: string, value: TomlValue) => {
    if (PLACES.includes(name)) return absolute(value, folder);
    return isTable(value) ? carriedOver(value, folder) : value;
  };
  return Object.fromEntries(kept.map(([name, value]) => [name, placed(name, value)]));
}

/** Makes relative paths absolute: the settings move to a file elsewhere. */
function absolute(value: TomlValue, folder: string): TomlValue {
  if (typeof value === 'string') return /^\w+:\/\//.test(value) ? value : resolve(folder, value);
  if (Array.isArray(value)) return value.map(each => absolute(each, folder));
  if (!isTable(value)) return value;
  const { 'exclude-newer': _, ...index } = value;
  return index.url ? { ...index, url: absolute(index.url, folder) } : index;
}

/** Lets the first table's values stand above the second's; lists are joined. */
function merge(above: TomlTable, below: TomlTable): TomlTable {
  const merged: TomlTable = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const other = below[name];
    if (Array.isArray(value) && Array.isArray(other)) merged[name] = [...value, ...other];
    else if (isTable(value) && isTable(other)) merged[name] = merge(value, other);
    else merged[name] = value;
  }
  return merged;
}
