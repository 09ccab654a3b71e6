import { equal } from 'node:assert/strict';
import { guessCompleteness } from '../../lib/kernel/front/guess';

describe('a guess whether a cell is whole', () => {
  for (const code of ['', '1 + 1', 'f("(")', '// (', 'const a = `{`;', 'if (a) { b() }']) {
    it(`finds whole: ${code}`, () => equal(guessCompleteness(code).status, 'complete'));
  }
  for (const code of ['f(', 'const a = {', '[1,', '`open', '`${a', 'if (a) {\n  b();']) {
    it(`finds open: ${code}`, () => equal(guessCompleteness(code).status, 'incomplete'));
  }
});
