// @ts-check
/** The language that the tools speak, and what they say before the npm packages are installed. */
import { en } from '../messages/early/en.mjs';
import { zh } from '../messages/early/zh.mjs';

/** @typedef {'en' | 'zh'} Language */

/** @type {Record<Language, typeof en>} */
export const earlyTables = { en, zh };

// On the process: the modules of before and after the installation are loaded apart.
const KEY = Symbol.for('digits.tools.language');
const holder = /** @type {Record<symbol, Language | undefined>} */ (
  /** @type {unknown} */ (globalThis)
);

/**
 * Returns the language to speak: the one asked for, else that of the locale (`zh…`: Chinese).
 *
 * @param {string} [asked]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Language}
 */
export function preferredLanguage(asked, env = process.env) {
  if (asked === 'zh' || asked === 'en') return asked;
  const locale =
    env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

/**
 * Sets the language of all that the tools say.
 *
 * @param {Language} language
 */
export function useLanguage(language) {
  holder[KEY] = language;
}

/**
 * Returns the language now in use, until one is set that of the locale.
 *
 * @returns {Language}
 */
export const languageInUse = () => holder[KEY] ?? preferredLanguage();

/** Returns the early texts of the language now in use. */
export const earlyMessages = () => earlyTables[languageInUse()];
