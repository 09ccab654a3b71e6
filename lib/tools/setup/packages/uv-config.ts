/**
 * Carries over what a user's `uv.toml` says of where packages come from, and how. All else there would
 * change what is installed, or where.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse, type TomlTable, type TomlValue } from 'smol-toml';
import { Failure } from '../../project/failure.mjs';
import { messages } from '../../project/messages';

/** Settings that `[pip]` may hold as well. */
const INDEX = [
  ...['index', 'index-url', 'extra-index-url', 'no-index', 'find-links'],
  ...['index-strategy', 'keyring-provider'],
];

const NETWORK = [
  ...['http-proxy', 'https-proxy', 'no-proxy', 'allow-insecure-host', 'system-certs'],
  ...['native-tls', 'offline', 'concurrent-downloads'],
];

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
export function uvConfig(env: NodeJS.ProcessEnv, platform = process.platform): TomlTable {
  if (isSet(env.UV_NO_CONFIG)) return {};
  if (env.UV_CONFIG_FILE) return readConfig(resolve(env.UV_CONFIG_FILE), true);
  const [user, system] = [userFile(env, platform), systemFile(env, platform)];
  return merge(
    readConfig(user),
    system && !isSet(env.UV_NO_SYSTEM_CONFIG) ? readConfig(system) : {},
  );
}

function userFile(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = env.HOME || homedir();
  const folder =
    platform === 'win32'
      ? (env.APPDATA ?? join(home, 'AppData', 'Roaming'))
      : env.XDG_CONFIG_HOME || join(home, '.config');
  return join(folder, 'uv', 'uv.toml');
}

function systemFile(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const files =
    platform === 'win32'
      ? [join(`${env.SYSTEMDRIVE ?? 'C:'}\\`, 'ProgramData', 'uv', 'uv.toml')]
      : [
          ...(env.XDG_CONFIG_DIRS || '/etc/xdg').split(':').map(at => join(at, 'uv', 'uv.toml')),
          '/etc/uv/uv.toml',
        ];
  return files.find(file => existsSync(file));
}

function readConfig(file: string, named = false): TomlTable {
  try {
    const all = parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    const top = carriedOver(all, [...INDEX, ...NETWORK], dirname(file));
    return isTable(all.pip) ? { ...top, pip: carriedOver(all.pip, INDEX, dirname(file)) } : top;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code && !named) return {}; // as uv passes over one that is not there, or not to be read
    throw new Failure(messages().setup.uvTomlUnreadable(file, message.trimEnd()));
  }
}

const carriedOver = (table: TomlTable, names: readonly string[], folder: string): TomlTable =>
  Object.fromEntries(
    Object.entries(table)
      .filter(([name]) => names.includes(name))
      .map(([name, value]) => [name, PLACES.includes(name) ? absolute(value, folder) : value]),
  );

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

/** Lists the names of what is set, those in `[pip]` as well. */
export const namesOf = ({ pip = {}, ...top }: TomlTable): Set<string> =>
  new Set([...Object.keys(top), ...Object.keys(pip as TomlTable)]);
