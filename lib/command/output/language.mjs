// @ts-check
/** Language of the commands' messages, and the messages needed before the npm packages are installed. */
import { en } from '../messages/early/en.mjs';
import { zh } from '../messages/early/zh.mjs';

/** @typedef {'en' | 'zh'} Language */

/** @type {Record<Language, typeof en>} */
export const earlyTables = { en, zh };

// Store the value globally: modules are loaded twice, before and after the installation.
const KEY = Symbol.for('digits.command.language');
const holder = /** @type {Record<symbol, Language | undefined>} */ (
  /** @type {unknown} */ (globalThis)
);

/**
 * Returns the requested language, or the locale's (`zh…`: Chinese, else English).
 *
 * @param {string} [requested]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Language}
 */
export function preferredLanguage(requested, env = process.env) {
  if (requested === 'zh' || requested === 'en') return requested;
  const locale =
    env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

/**
 * Sets the language of the commands' messages.
 *
 * @param {Language} language
 */
export function useLanguage(language) {
  holder[KEY] = language;
}

/**
 * Returns the current language. Default: the locale's.
 *
 * @returns {Language}
 */
export const currentLanguage = () => holder[KEY] ?? preferredLanguage();

export const earlyMessages = () => earlyTables[currentLanguage()];
