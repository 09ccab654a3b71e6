/** The command line of `npm start`, `npm test`, and of `npm run` with setup, doctor, lesson, site, report, classroom and export. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from './project/failure.mjs';
import { earlyMessages, preferredLanguage } from './project/language.mjs';

/**
 * The commands that run tests.
 *
 * @typedef {'test:unit' | 'test' | 'test:slow' | 'test:long'} Tier
 */

/** @typedef {'start' | 'setup' | 'doctor' | 'lesson' | 'site' | 'report' | 'classroom' | 'export' | Tier} Command */

/**
 * @typedef {object} Options
 * @property {Command} command
 * @property {import('./project/language.mjs').Language} language
 * @property {number} [stage] to open the lesson at, from 1; at its beginning unless given
 * @property {number} port to begin with; a taken one moves on to the next
 * @property {boolean} browser
 * @property {boolean} [html] whether the saved notebooks are written as pages
 * @property {boolean} [slides] whether the saved lesson is written as slides
 * @property {boolean} [api] whether the site has the pages of the packages' API
 * @property {boolean} [serve] whether the site is served when it is built
 * @property {string} [folder] where a classroom keeps its files, or an export goes
 * @property {string} [teacher] the name that has a classroom's teacher's page
 * @property {string} [limits] of a learner of a classroom, such as `memory=2000,disk=500`
 * @property {boolean} [prepare] whether a classroom is set up alone, and not opened
 * @property {'nbgrader' | 'scorm'} [form] that the exercises are exported in
 * @property {string[]} [exercises] the numbers of the exercises that are wanted; all of them unless given
 * @property {string} [prefix] the folder of a Python environment to use in place of `.venv`
 * @property {boolean} [help]
 * @property {string[]} rest the tests' arguments for mocha, or the files of a report
 */

/** The options of each command, and how each is written. */
const { flags, written } = JSON.parse(
  readFileSync(new URL('./options.json', import.meta.url), 'utf8'),
);

const TIERS = ['test:unit', 'test', 'test:slow', 'test:long'];

/** @type {(command: Command) => command is Tier} */
export const isTier = command => TIERS.includes(command);

const lesson = new URL('../../notebooks/lesson.ts', import.meta.url);

/** The number of the lesson's stages, by those of its headings. */
export const STAGES = Math.max(
  ...Array.from(
    readFileSync(lesson, 'utf8').matchAll(/^\/\/ ## (\d+) /gm),
    ([, number]) => +number,
  ),
);

/** The first port unless another is given, and those that may be. A classroom's hub takes two after it. */
const portsOf = command =>
  command === 'classroom'
    ? { usual: 8000, from: 1024, to: 65_533 }
    : { usual: 8888, from: 1, to: 65_535 };

const FORMS = ['nbgrader', 'scorm'];

const invocation = command => (command === 'start' ? 'npm start' : `npm run ${command}`);

/**
 * Writes what `--help` prints.
 *
 * @param {Command} command
 */
export function usage(command) {
  const { options } = earlyMessages();
  const given = {
    ...options,
    stage: options.stage(STAGES),
    port: options.port(portsOf(command).usual),
  };
  const width = Math.max(14, ...flags[command].map(flag => written[flag].length)) + 2;
  const lines = flags[command].map(flag => `\n  ${written[flag].padEnd(width)}${given[flag]}`);
  const forms = command === 'export' ? ` ${FORMS.join('|')}` : '';
  return options.usage(invocation(command) + forms, lines.join(''));
}

/**
 * Reads the arguments after the command; those that run tests hand all of theirs on to mocha.
 *
 * @param {Command} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Options}
 */
export function readOptions(command, args, env = process.env) {
  if (isTier(command)) {
    const language = preferredLanguage(undefined, env);
    return { command, language, port: 8888, browser: false, rest: args };
  }

  const options = Object.fromEntries(
    [...flags[command], 'help'].map(name => [
      name,
      { type: written[name].includes(' ') ? 'string' : 'boolean' },
    ]),
  );
  let values, positionals;
  try {
    ({ values, positionals } = parseArgs({ args, options, allowPositionals: true }));
  } catch (error) {
    const option = /'(-[^' ]+)/.exec(error.message)?.[1] ?? args.join(' ');
    const { needsValue, unknown } = earlyMessages().options;
    const lacksValue = error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE';
    throw wrong(command, lacksValue ? needsValue(option) : unknown(option));
  }
  // npm runs in the project; its caller may stand elsewhere.
  const files = command === 'report' ? positionals.splice(0) : [];
  const form = command === 'export' ? positionals.find(word => FORMS.includes(word)) : undefined;
  const words = positionals.filter(word => word !== form);
  const given = { ...swallowed(command, words, env), ...values };
  const { usual, from, to } = portsOf(command);
  const { lang, port = `${usual}`, prefix, stage, folder, ...switches } = given;
  const { 'no-browser': noBrowser, exercises, ...wanted } = switches;
  const { noForm, wrongLanguage, wrongLimits, wrongNumber } = earlyMessages().options;
  if (command === 'export' && !form && !values.help) throw wrong(command, noForm(FORMS));
  if (lang !== undefined && !isLanguage(lang)) throw wrong(command, wrongLanguage(lang));
  if (!/^\d{1,5}$/.test(port) || Number(port) < from || Number(port) > to) {
    throw wrong(command, wrongNumber('--port', from, to, port));
  }
  if (wanted.limits !== undefined && !areLimits(wanted.limits)) {
    throw wrong(command, wrongLimits(wanted.limits));
  }
  if (stage !== undefined && !isStage(stage)) {
    throw wrong(command, wrongNumber('--stage', 1, STAGES, stage));
  }
  return {
    ...wanted,
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

const isLanguage = value => /^(zh|en)$/.test(value);
const areLimits = value =>
  value.split(',').every(each => /^(memory=\d{3,7}|processes=\d{1,5}|disk=\d{2,8})$/.test(each));
const isStage = value => /^\d{1,2}$/.test(value) && value >= 1 && value <= STAGES;
const areExercises = value => /^\d+\.\d/.test(value);
const isPort = value => /^\d{4,5}$/.test(value);

/**
 * Returns the options that npm took for its own, which it does with those that stand behind no `--`;
 * and PowerShell drops the `--` itself where npm is that of Node 20 or 22. Of `--lang zh` npm leaves
 * `zh`; of `--stage 3` it leaves `3`, and `true` in npm_config_stage, but nothing there where
 * `--no-browser` stands before; of `--stage=3` the variable holds 3. A value that suits no option here
 * is somebody's setting for npm itself.
 */
function swallowed(command, words, env) {
  const taken = { lang: isLanguage, stage: isStage, port: isPort, exercises: areExercises };
  const found = {};
  for (const [name, suits] of Object.entries(taken)) {
    const value = env[`npm_config_${name}`];
    if (value && suits(value)) found[name] = value;
  }
  for (const name of ['html', 'slides', 'api', 'serve', 'prepare']) {
    if (env[`npm_config_${name}`] === 'true') found[name] = true;
  }
  // Whatever its value: npm empties it, or writes down whether another option followed.
  if (env.npm_config_browser !== undefined) found['no-browser'] = true;

  const noStage = env.npm_config_stage === 'true' && !words.some(isStage);
  for (const word of words) {
    const number = isStage(word) || (noStage && found.stage === undefined) ? 'stage' : 'port';
    const name = isLanguage(word) ? 'lang' : /^\d+$/.test(word) ? number : undefined;
    if (!flags[command].includes(name) || found[name] !== undefined) throw misplaced(command, word);
    found[name] = word;
  }
  return found;
}

const misplaced = (command, given) =>
  wrong(command, earlyMessages().options.misplaced(given, invocation(command)));

const wrong = (command, message) => new Failure(`${message}\n\n${usage(command)}`);
