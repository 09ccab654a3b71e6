import { type Language, setLanguage as setLoaderLanguage, type Text } from 'mnist-data-loader';
import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

export type { Language, Text };

let inUse: Language = 'en';

/**
 * Sets the language of figures, explanations and errors, those of the data loader included.
 *
 * @param language `'zh'` or `'en'`; until the first call it is the one that the environment variable
 * `DIGITS_LANGUAGE` names, as `npm start` does, else `'en'`.
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

/** Returns the language now in use. */
export function getLanguage(): Language {
  return inUse;
}

/** The texts of each language. */
export const tables: Record<Language, Messages> = { en, zh };

/** Returns the texts of the language now in use. */
export function messages(): Messages {
  return tables[inUse];
}
