/**
 * What of the user's own settings is in force here. All others are set aside: they would change what is installed, or
 * where.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * By the names that npm's and pip's files, `uv.toml`, and variables have.
 *
 * @type {Record<'npm' | 'pip' | 'uv', string[]>}
 */
const IN_FORCE = JSON.parse(readFileSync(new URL('./in-force.json', import.meta.url), 'utf8'));

/** Returns the long name of a setting that a variable names behind its prefix. */
export const longName = name =>
  name.startsWith('//') ? name : name.toLowerCase().replace(/(?!^)_/g, '-');

/**
 * Tells whether a setting is in force here.
 *
 * @param {keyof typeof IN_FORCE} tool
 * @param {string} name
 */
export const isInForce = (tool, name) =>
  IN_FORCE[tool].some(pattern => new RegExp(`^(${pattern})$`).test(name));

/** Lists what is in force of a file of npm's, line by line; nothing if it cannot be read. */
function linesInForce(file) {
  try {
    const lines = readFileSync(file, 'utf8').matchAll(/^\s*([^;#\s=][^=\n]*?)\s*(?:=.*)?$/gm);
    return Array.from(lines, ([line, name]) => (isInForce('npm', name) ? `${line}\n` : ''));
  } catch {
    return [];
  }
}

/** Returns what a file of npm's must hold, and the variables it must have, so that it follows no other settings. */
export function npmInForce(env = process.env) {
  const files = [
    env.npm_config_globalconfig ?? '',
    env.npm_config_userconfig || join(homedir(), '.npmrc'), // which stands above the other
  ];
  const isLeft = name => {
    const [, own] = /^npm_config_(.*)/i.exec(name) ?? [];
    return own === undefined || isInForce('npm', longName(own));
  };
  return {
    file: files.flatMap(linesInForce).join(''),
    env: Object.fromEntries(Object.entries(env).filter(([name]) => isLeft(name))),
  };
}
