/** Has each file begin in the language that the first one began in. Mocha loads this before them. */
import { getLanguage, setLanguage } from '../lib/digits/language';

const first = getLanguage();

export const mochaHooks: Mocha.RootHookObject = {
  afterAll: () => setLanguage(first),
};
