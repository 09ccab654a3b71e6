/** Parses the command lines of `npm start` and `npm run`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from './output/failure.mjs';
import { earlyMessages, preferredLanguage } from './output/language.mjs';
import { commands } from './registry.mjs';

/**
 * @typedef {object} Options
 * @property {string} command the command's name
 * @property {import('./output/language.mjs').Language} language
 * @property {number} [stage] the lesson's stage to open, from 1; default: the beginning
 * @property {number} port the first port to try
 * @property {boolean} browser
 * @property {boolean} [html] whether to write the saved notebooks as pages
 * @property {boolean} [slides] whether to write the saved lesson as slides
 * @property {boolean} [api] whether to build the API reference pages
 * @property {boolean} [serve] whether to serve the site after the build
 * @property {string} [folder] the data folder of a classroom, or the output folder of an export
 * @property {string} [teacher] the user name of a classroom's teacher
 * @property {string} [limits] resource limits of each classroom learner, such as `memory=2000,disk=500`
 * @property {boolean} [prepare] whether to set up a classroom without opening it
 * @property {string} [form] the format of an export, one of the command's `forms`
 * @property {string[]} [exercises] the numbers of the exercises to export; default: all
 * @property {string} [prefix] the folder of a Python environment to use instead of `.venv`
 * @property {boolean} [help]
 * @property {string[]} rest files, or all arguments of a command that declares no options
 */

const syntax = JSON.parse(readFileSync(new URL('./options.json', import.meta.url), 'utf8'));

const lesson = new URL('../../notebooks/lesson.ts', import.meta.url);

/** Number of the lesson's stages, counted by headings. */
export const STAGES = Math.max(
  ...Array.from(
    readFileSync(lesson, 'utf8').matchAll(/^\/\/ ## (\d+) /gm),
    ([, number]) => +number,
  ),
);

/** The default port and the valid range of commands that declare no others. */
const PORTS = { usual: 8888, from: 1, to: 65_535 };

const invocation = command => (command === 'start' ? 'npm start' : `npm run ${command}`);

export function usage(/** @type {string} */ command) {
  const { options: flags = [], ports = PORTS, forms } = commands[command];
  const { options } = earlyMessages();
  const texts = { ...options, stage: options.stage(STAGES), port: options.port(ports.usual) };
  const width = Math.max(14, ...flags.map(flag => syntax[flag].length)) + 2;
  const lines = flags.map(flag => `\n  ${syntax[flag].padEnd(width)}${texts[flag]}`);
  const form = forms ? ` ${forms.join('|')}` : '';
  return options.usage(invocation(command) + form, lines.join(''));
}

/**
 * Parses the arguments after the command.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Options}
 */
export function readOptions(command, args, env = process.env) {
  const { options: flags = [], ports = PORTS, forms, takesFiles } = commands[command];
  const { usual, from, to } = ports;
  if (flags.length === 0) {
    const language = preferredLanguage(undefined, env);
    return { command, language, port: usual, browser: false, rest: args };
  }

  const options = Object.fromEntries(
    [...flags, 'help'].map(name => [name, { type: isSwitch(name) ? 'boolean' : 'string' }]),
  );
  let values, positionals;
  try {
    ({ values, positionals } = parseArgs({ args, options, allowPositionals: true }));
  } catch (error) {
    const option = /'(-[^' ]+)/.exec(error.message)?.[1] ?? args.join(' ');
    const { needsValue, unknown } = earlyMessages().options;
    const lacksValue = error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE';
    throw usageError(command, lacksValue ? needsValue(option) : unknown(option));
  }
  // npm runs this in the project's folder, but paths are relative to the caller's.
  const files = takesFiles ? positionals.splice(0) : [];
  const form = positionals.find(word => forms?.includes(word));
  const words = positionals.filter(word => word !== form);
  const merged = { ...consumedByNpm(command, flags, words, env), ...values };
  const { lang, port = `${usual}`, prefix, stage, folder, ...switches } = merged;
  const { 'no-browser': noBrowser, exercises, ...rest } = switches;
  const { noForm, wrongLanguage, wrongLimits, wrongNumber } = earlyMessages().options;
  if (forms && !form && !values.help) throw usageError(command, noForm(forms));
  if (lang !== undefined && !isLanguage(lang)) throw usageError(command, wrongLanguage(lang));
  if (!/^\d{1,5}$/.test(port) || Number(port) < from || Number(port) > to) {
    throw usageError(command, wrongNumber('--port', from, to, port));
  }
  if (rest.limits !== undefined && !areLimits(rest.limits)) {
    throw usageError(command, wrongLimits(rest.limits));
  }
  if (stage !== undefined && !isStage(stage)) {
    throw usageError(command, wrongNumber('--stage', 1, STAGES, stage));
  }
  return {
    ...rest,
    command,
    language: preferredLanguage(lang, env),
    stage: stage === undefined ? undefined : Number(stage),
    port: Number(port),
    browser: !noBrowser,
    folder: folder && resolve(folder),
    form,
    exercises: exercises?.split(/[,，、\s]+/),
    prefix: prefix && resolve(prefix),
    rest: files.map(file => resolve(env.INIT_CWD ?? '.', file)),
  };
}

/** Returns whether an option has no value. */
const isSwitch = name => !syntax[name].includes(' ');

const isLanguage = value => /^(zh|en)$/.test(value);
const areLimits = value =>
  value.split(',').every(limit => /^(memory=\d{3,7}|processes=\d{1,5}|disk=\d{2,8})$/.test(limit));
const isStage = value => /^\d{1,2}$/.test(value) && value >= 1 && value <= STAGES;
const areExercises = value => /^\d+\.\d/.test(value);
const isPort = value => /^\d{4,5}$/.test(value);

/**
 * Returns the options that npm consumed because no `--` preceded them. PowerShell drops the `--` under the npm of
 * Node 20 and 22. After `--lang zh`, npm passes `zh` as a word. After `--stage 3`, npm passes `3` as a word and sets
 * npm_config_stage to `true`, or to nothing if `--no-browser` precedes. After `--stage=3`, the variable holds `3`.
 * Ignores values that fit no option here: they are the user's settings for npm.
 */
function consumedByNpm(command, flags, words, env) {
  const validators = { lang: isLanguage, stage: isStage, port: isPort, exercises: areExercises };
  const options = {};
  for (const [name, isValid] of Object.entries(validators)) {
    const value = env[`npm_config_${name}`];
    if (value && isValid(value)) options[name] = value;
  }
  for (const name of Object.keys(syntax).filter(isSwitch)) {
    if (env[`npm_config_${name}`] === 'true') options[name] = true;
  }
  // Ignore the value: npm clears the variable, or stores whether another option followed.
  if (env.npm_config_browser !== undefined) options['no-browser'] = true;

  const noStage = env.npm_config_stage === 'true' && !words.some(isStage);
  for (const word of words) {
    const number = isStage(word) || (noStage && options.stage === undefined) ? 'stage' : 'port';
    const name = isLanguage(word) ? 'lang' : /^\d+$/.test(word) ? number : undefined;
    if (!flags.includes(name) || options[name] !== undefined) {
      const { misplaced } = earlyMessages().options;
      throw usageError(command, misplaced(word, invocation(command)));
    }
    options[name] = word;
  }
  return options;
}

const usageError = (command, message) => new Failure(`${message}\n\n${usage(command)}`);
