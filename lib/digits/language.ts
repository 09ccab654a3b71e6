import { setLanguage as setLoaderLanguage } from 'mnist-data-loader';
import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

/** The languages of the lesson. */
export type Language = 'zh' | 'en';

/** The same text in each language. */
export type Text = Readonly<Record<Language, string>>;

// On the process rather than in this module, so that a module that was edited and loaded again
// still speaks the language that the notebook chose.
const KEY = Symbol.for('digits.language');
const holder = globalThis as unknown as Record<symbol, Language | undefined>;

/**
 * Sets the language of figures, explanations and errors, those of the data loader included.
 *
 * @param language `'zh'` or `'en'`; until the first call it is `'en'`.
 * @throws RangeError for any other value.
 * @example
 * setLanguage('zh');
 * text({ zh: '数字', en: 'digit' }); // '数字'
 */
export function setLanguage(language: Language): void {
  if (language !== 'zh' && language !== 'en') {
    throw new RangeError(`Expected the language 'zh' or 'en' but received ${String(language)}`);
  }
  holder[KEY] = language;
  setLoaderLanguage(language);
}

/** The language now in use. */
export function getLanguage(): Language {
  return holder[KEY] ?? 'en';
}

/** The texts of each language. */
export const tables: Record<Language, Messages> = { en, zh };

/** Returns the texts of the language now in use. */
export function messages(): Messages {
  return tables[getLanguage()];
}

/** Picks the text of the language now in use. */
export function text(choices: Text): string {
  return choices[getLanguage()];
}
