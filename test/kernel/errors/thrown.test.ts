import { equal, match } from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { type Language, setLanguage } from '../../../lib/digits/language';
import { hintFor } from '../../../lib/kernel/errors/hints';
import { inOurWords } from '../../../lib/kernel/errors/words';
import { tables } from '../../../lib/kernel/language';
import { hintCases, hintsIn } from './hint-cases';

const later = async () => [1, 2];
const model = { summary() {}, layers: [], fit: later };
/** What the cells above have made. */
const known = { later, model, fit: later, labels: [1, 2], h: later(), tf: { train: {} } };

/** Asks as the kernels do, of an error at the last line of a cell. */
function hint(source: string, name: string, said: string, column?: number): string | undefined {
  const lines = source.split('\n');
  const message = inOurWords(said, lines.at(-1) ?? '');
  return hintFor({ name, message, source, line: lines.length, column, known });
}

/** Returns the name and message that Chromium has for it, as Node has. */
function errorOf(source: string): [name: string, message: string] {
  try {
    runInNewContext(`'use strict'; ${source}`, { ...known });
  } catch (error) {
    const { name, message } = error as Error;
    return [name, message];
  }
  throw new Error('Expected an error');
}

for (const [language, texts] of Object.entries(tables)) {
  describe(`hints for what a cell throws, in ${language}`, () => {
    beforeEach(() => setLanguage(language as Language));

    const { thrown, said } = hintCases;
    for (const [cell, hints] of Object.entries(thrown)) {
      it(JSON.stringify(cell), () => equal(hint(cell, ...errorOf(cell)), hintsIn(texts, hints)[0]));
    }
    for (const [cell, error, hints] of said) {
      it(`${JSON.stringify(cell)}: ${error}`, () =>
        equal(hint(cell, ...error), hintsIn(texts, hints)[0]));
    }

    it('names the Node that lacks what is used', () => {
      const message =
        "Property 'groupBy' does not exist on type 'ObjectConstructor'. Do you need to change your target library? Try changing the 'lib' compiler option to 'es2024' or later.";
      const error = { name: 'TypeScriptError', source: 'Object.groupBy', line: 1 };
      match(hintFor({ ...error, message, column: 7 }) ?? '', /Node [\d.]+.*groupBy/);
    });
  });
}
