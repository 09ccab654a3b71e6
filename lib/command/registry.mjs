/** Finds the commands that packages declare in their package.json. Deleting a package removes its commands. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson } from './machine/read.mjs';

/**
 * A command of a package.
 *
 * @typedef {object} Command
 * @property {string} module the module whose `main` runs the command
 * @property {string[]} [options] names of the options in `options.json`. By default, `main` parses the arguments.
 * @property {boolean} [takesFiles] whether the arguments include files
 * @property {string[]} [forms] words, of which the arguments must include one
 * @property {{ usual: number, from: number, to: number }} [ports] default and limits of `--port`
 * @property {boolean} [dev] whether the command needs the development packages
 * @property {boolean} [compiles] whether to compile the kernel first. Other commands begin with set-up.
 */

const lib = fileURLToPath(new URL('..', import.meta.url));

const manifests = readdirSync(lib).flatMap(name => readJson(join(lib, name, 'package.json')) ?? []);

/** All commands by name. @type {Readonly<Record<string, Command>>} */
export const commands = Object.assign({}, ...manifests.map(manifest => manifest.commands));

/**
 * Pages that packages add to the website: modules that export `page`, by path.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const sitePages = Object.assign({}, ...manifests.map(manifest => manifest.sitePages));
