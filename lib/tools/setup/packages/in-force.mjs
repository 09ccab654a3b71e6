/**
 * What of the user's own settings is in force here, by what it changes. All others are set aside: they would change
 * what is installed, or where. This one table says what is carried over, and what the doctor lists.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { earlyMessages } from '../../project/language.mjs';

/** @typedef {keyof ReturnType<typeof earlyMessages>['settings']['changes']} Change */

const table = new URL('./in-force.json', import.meta.url);

/**
 * By the names that npm's and pip's files, `uv.toml`, and variables have.
 *
 * @type {Record<'npm' | 'pip' | 'uv' | 'all', Record<string, string[]>>}
 */
const IN_FORCE = JSON.parse(readFileSync(table, 'utf8'));

/** Returns the long name of a setting that a variable names behind its prefix. */
export const longName = name =>
  name.startsWith('//') ? name : name.toLowerCase().replace(/(?!^)_/g, '-');

/**
 * Tells what a setting changes here; `undefined` if it is set aside.
 *
 * @param {keyof typeof IN_FORCE} tool
 * @param {string} name
 * @returns {Change | undefined}
 */
export const changeOf = (tool, name) =>
  /** @type {Change | undefined} */ (
    Object.keys(IN_FORCE[tool]).find(change =>
      IN_FORCE[tool][change].some(pattern => new RegExp(`^(${pattern})$`).test(name)),
    )
  );

/**
 * A setting of the user's, and where it stands: a file, or nothing for a variable.
 *
 * @typedef {{ where?: string | undefined, name: string, value: string, change: Change | undefined }} Setting
 */

/** Lists npm's files, the one that stands above before the other. */
const npmFiles = env => [
  env.npm_config_userconfig || join(homedir(), '.npmrc'),
  ...(env.npm_config_globalconfig ? [env.npm_config_globalconfig] : []),
];

/** Reads the settings of a file of npm's; none of one that cannot be read. */
function readNpmFile(where) {
  try {
    const lines = readFileSync(where, 'utf8').split('\n');
    const settings = lines.map(line => line.trim()).filter(line => /^[^;#=]/.test(line));
    return settings.map(line => {
      const [name, value = 'true'] = line.split(/=(.*)/s, 2).map(part => part.trim());
      return { where, line, name, value, change: changeOf('npm', name) };
    });
  } catch {
    return [];
  }
}

/**
 * Lists what is set for npm, in the user's file, the machine's, and in variables.
 *
 * @returns {Setting[]}
 */
export function npmSettings(env = process.env) {
  const inFiles = npmFiles(env).flatMap(readNpmFile);
  const variables = variablesOf('npm', env)
    .filter(({ value }) => value !== join(homedir(), '.npm'))
    // npm hands on what stands in its files.
    .filter(({ name }) => inFiles.every(each => each.name !== nameOf('npm', name)));
  return [...inFiles, ...variables];
}

/** Returns what a file of npm's must hold, and the variables it must have, so that it follows no other settings. */
export function npmInForce(env = process.env) {
  const taken = npmFiles(env)
    .reverse()
    .flatMap(readNpmFile)
    .filter(({ change }) => change);
  return {
    file: taken.map(({ line }) => `${line}\n`).join(''),
    env: { ...env, ...setAside('npm', env) },
  };
}

/** What the variables of a tool begin with; of those that change what every program does, nothing. */
const PREFIXES = { npm: 'npm_config_', uv: 'uv_', all: '' };

const nameOf = (tool, variable) => longName(variable.slice(PREFIXES[tool].length));

/**
 * Lists the variables of a tool.
 *
 * @param {keyof typeof PREFIXES} tool
 * @returns {Setting[]}
 */
export const variablesOf = (tool, env = process.env) =>
  Object.entries(env)
    .filter(([name]) => name.toLowerCase().startsWith(PREFIXES[tool]))
    .map(([name, value = '']) => ({ name, value, change: changeOf(tool, nameOf(tool, name)) }));

/** Returns what takes those of a tool away that are set aside. */
export const setAside = (tool, env = process.env) =>
  Object.fromEntries(
    variablesOf(tool, env).flatMap(({ name, change }) => (change ? [] : [[name, undefined]])),
  );

/**
 * Says of each setting that is in force where it stands, and what it changes, without passwords; nothing if
 * there is none.
 *
 * @param {readonly Setting[]} settings
 */
export function tellOf(settings) {
  const { title, entry, changes } = earlyMessages().settings;
  const lines = settings.flatMap(({ where, name, value, change }) => {
    if (!change || !value) return [];
    const isSecret = /_auth|token|password|(^|:)key$|username/i.test(name);
    const shown = isSecret ? '***' : value.replace(/\/\/[^/\s]*@/g, '//***@').replaceAll('\n', ' ');
    return `  ${entry(where, name, shown, changes[change])}`;
  });
  return lines.length > 0 ? [title, ...new Set(lines)].join('\n') : '';
}
