/** Has each test begin in the language that the first one began in, and each file. Mocha loads this before them. */

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

/** Returns what the commands say in each language. */
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
