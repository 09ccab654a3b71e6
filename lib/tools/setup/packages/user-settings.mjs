/** The user's settings for npm, pip and uv. Set-up passes on variables about package sources and connections. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { earlyMessages } from '../../project/language.mjs';

/** Variables of each tool. Set-up removes all that are not {@link SOURCES}, because they affect the packages. */
const PREFIXES = { npm: /^npm_config_/i, uv: /^UV_/ };

/** Variables about package sources, connections and certificates. */
const SOURCES = {
  npm: /^npm_config_(\S+:)?(registry|replace_registry_host|_\w+|username|(https?_)?proxy|no_?proxy|ca|cafile|cert|certfile|key|keyfile|strict_ssl|offline|fetch_\w+|maxsockets)$/i,
  uv: /^UV_((DEFAULT_|EXTRA_)?INDEX\w*|FIND_LINKS|KEYRING_PROVIDER|\w+_PROXY|INSECURE_HOST|SYSTEM_CERTS|NATIVE_TLS|OFFLINE|HTTP_\w+|REQUEST_TIMEOUT|CONCURRENT_\w+)$/,
  all: /^((https?|all|no)_proxy|SSL_(CERT_FILE|CERT_DIR|CLIENT_CERT)|(REQUESTS|CURL)_CA_BUNDLE|NODE_(EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|OPTIONS))$/i,
};

/** Variables that name a tool's files and folders. */
const FILES =
  /^(npm_config_(cache|userconfig|globalconfig)|UV_(CACHE_DIR|CONFIG_FILE|NO_CONFIG|NO_SYSTEM_CONFIG))$/i;

/** Returns values that remove the other variables of npm or uv from the environment. */
export const removedVariables = (tool, env = process.env) =>
  Object.fromEntries(
    Object.keys(env)
      .filter(name => PREFIXES[tool].test(name) && !SOURCES[tool].test(name) && !FILES.test(name))
      .map(name => [name, undefined]),
  );

/** Returns the `uv.toml` that uv reads: the user's or, without one, the system's. */
export function uvConfigFile(env = process.env) {
  if (env.UV_NO_CONFIG) return undefined;
  if (env.UV_CONFIG_FILE) return resolve(env.UV_CONFIG_FILE);
  const { HOME = homedir(), APPDATA, XDG_CONFIG_HOME, XDG_CONFIG_DIRS } = env;
  const user = APPDATA || XDG_CONFIG_HOME || join(HOME, '.config');
  const system = [...(XDG_CONFIG_DIRS || '/etc/xdg').split(delimiter), '/etc', 'C:\\ProgramData'];
  const folders = [user, ...(env.UV_NO_SYSTEM_CONFIG ? [] : system)];
  return folders.map(folder => join(folder, 'uv', 'uv.toml')).find(file => existsSync(file));
}

/**
 * Returns lines about the user's settings that affect set-up: files, variables and pip's entries, without passwords.
 */
export function describeSettings(pip = [], env = process.env) {
  const files = [
    env.npm_config_userconfig || join(homedir(), '.npmrc'),
    env.npm_config_globalconfig,
    uvConfigFile(env),
  ];
  const variables = Object.entries(env).filter(([name]) =>
    Object.values(SOURCES).some(pattern => pattern.test(name)),
  );
  const ofPip = pip.map(([name, value]) => [`pip ${name}`, value]);
  const lines = [
    ...files.filter(file => file && existsSync(file)),
    ...[...variables, ...ofPip].filter(([, value]) => value).map(describe),
  ];
  return lines.length > 0 ? [earlyMessages().settings, ...lines.map(line => `  ${line}`)] : [];
}

function describe([name, value]) {
  const isSecret = /_auth|token|password|[:_]key$|username/i.test(name);
  const text = isSecret ? '***' : value.replace(/\/\/[^/\s]*@/g, '//***@').replaceAll('\n', ' ');
  return `${name} = ${text}`;
}
