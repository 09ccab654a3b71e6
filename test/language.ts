/** Restores the initial language before each test and file. Mocha loads this module first. */

import { useLanguage } from '../lib/command/output/language.mjs';
import { getLanguage, type Language, setLanguage } from '../lib/digits/language';

const first = getLanguage();

useLanguage(first);

export const mochaHooks: Mocha.RootHookObject = {
  afterEach: () => setLanguage(first),
  afterAll: () => {
    setLanguage(first);
    useLanguage(first);
  },
};

/** Returns the messages of the commands in each language. */
export function inBoth(say: () => string | undefined): Record<Language, string> {
  const sayIn = (language: Language) => {
    useLanguage(language);
    return say() ?? '';
  };
  try {
    return { zh: sayIn('zh'), en: sayIn('en') };
  } finally {
    useLanguage(first);
  }
}
