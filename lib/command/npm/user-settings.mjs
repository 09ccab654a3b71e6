/** The user's settings for npm, pip and uv. Set-up passes on variables about package sources and connections. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { earlyMessages } from '../output/language.mjs';

/** Variables about package sources, connections and certificates. */
const SOURCES = [
  /^npm_config_(\S+:)?(registry|replace_registry_host|_\w+|username|(https?_)?proxy|no_?proxy|ca|cafile|cert|certfile|key|keyfile|strict_ssl|offline|fetch_\w+|maxsockets)$/i,
  /^UV_((DEFAULT_|EXTRA_)?INDEX\w*|FIND_LINKS|KEYRING_PROVIDER|\w+_PROXY|INSECURE_HOST|SYSTEM_CERTS|NATIVE_TLS|OFFLINE|HTTP_\w+|REQUEST_TIMEOUT|CONCURRENT_\w+)$/,
  /^((https?|all|no)_proxy|SSL_(CERT_FILE|CERT_DIR|CLIENT_CERT)|(REQUESTS|CURL)_CA_BUNDLE|NODE_(EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|OPTIONS))$/i,
];
const isSource = name => SOURCES.some(pattern => pattern.test(name));

/** Variables that name npm's and uv's files and folders. */
const FILES = /^(npm_config_(cache|userconfig|globalconfig)|UV_(CACHE_DIR|CONFIG_FILE))$/i;

/** Returns values that remove the other variables of npm and uv, because they affect the packages. */
export const removedVariables = (env = process.env) =>
  Object.fromEntries(
    Object.keys(env)
      .filter(name => /^(npm_config|UV)_/i.test(name) && !isSource(name) && !FILES.test(name))
      .map(name => [name, undefined]),
  );

/** Returns the `uv.toml` that uv reads: the user's or, without one, the system's. */
export function uvConfigFile({ UV_CONFIG_FILE, APPDATA, XDG_CONFIG_HOME, HOME } = process.env) {
  const user = APPDATA || XDG_CONFIG_HOME || join(HOME || homedir(), '.config');
  const folders = [user, '/etc/xdg', '/etc', 'C:\\ProgramData'];
  const files = [UV_CONFIG_FILE || '', ...folders.map(folder => join(folder, 'uv', 'uv.toml'))];
  return files.find(file => existsSync(file));
}

/**
 * Returns lines about the user's settings that affect set-up: files, variables and pip's entries, without passwords.
 */
export function describeSettings(pip = [], env = process.env) {
  const npmFiles = [
    env.npm_config_userconfig || join(homedir(), '.npmrc'),
    env.npm_config_globalconfig,
  ];
  const variables = Object.entries(env).filter(([name]) => isSource(name));
  const ofPip = pip.map(([name, value]) => [`pip ${name}`, value]);
  const lines = [
    ...[...npmFiles, uvConfigFile(env)].filter(file => file && existsSync(file)),
    ...[...variables, ...ofPip].filter(([, value]) => value).map(describe),
  ];
  return lines.length > 0 ? [earlyMessages().settings, ...lines.map(line => `  ${line}`)] : [];
}

function describe([name, value]) {
  const isSecret = /_auth|token|password|[:_]key$|username/i.test(name);
  const text = isSecret ? '***' : value.replace(/\/\/[^/\s]*@/g, '//***@').replaceAll('\n', ' ');
  return `${name} = ${text}`;
}
