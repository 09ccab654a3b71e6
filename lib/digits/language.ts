import { type Language, setLanguage as setLoaderLanguage, type Text } from 'mnist-data-loader';
import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

export type { Language, Text };

let inUse: Language = 'en';

/**
 * Sets the language of figures, explanations and errors, including the data loader's errors.
 *
 * @param language `'zh'` or `'en'`; the initial language comes from the environment variable `DIGITS_LANGUAGE`,
 * set by `npm start`, and defaults to `'en'`.
 * @throws RangeError for any other value.
 * @example
 * setLanguage('zh');
 * getLanguage(); // 'zh'
 */
export function setLanguage(language: Language): void {
  if (language !== 'zh' && language !== 'en') {
    throw new RangeError(`Expected the language 'zh' or 'en' but received ${String(language)}`);
  }
  inUse = language;
  setLoaderLanguage(language);
}

/** Returns the current language. */
export function getLanguage(): Language {
  return inUse;
}

export const tables: Record<Language, Messages> = { en, zh };

export function messages(): Messages {
  return tables[inUse];
}
