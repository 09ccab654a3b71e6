import { equal, match } from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { type Language, setLanguage } from '../../../../lib/digits/language';
import { maskStrings } from '../../../../lib/kernel/cell/errors/code';
import { hintFor } from '../../../../lib/kernel/cell/errors/hints';
import { toV8Words } from '../../../../lib/kernel/cell/errors/words';
import { tables } from '../../../../lib/kernel/cell/language';
import { hintCases, hintsIn } from './hint-cases';

/** The variables of earlier cells. */
const variables = { model: {}, fit() {}, labels: [1, 2], outputs: [{ dataId: {} }] };

/** Asks as the kernels do, of an error at the last line of a cell. */
function hint(source: string, name: string, said: string, column?: number): string | undefined {
  const lines = source.split('\n');
  const message = toV8Words(said, lines.at(-1) ?? '');
  return hintFor({ name, message, source, line: lines.length, column, known: variables });
}

/** Returns the error's name and message, equal in Chromium and Node. */
function errorOf(source: string): [name: string, message: string] {
  try {
    runInNewContext(`'use strict'; ${source}`, { ...variables });
  } catch (error) {
    const { name, message } = error as Error;
    return [name, message];
  }
  throw new Error('Expected an error');
}

for (const [language, texts] of Object.entries(tables)) {
  describe(`hints for what a cell throws, in ${language}`, () => {
    beforeEach(() => setLanguage(language as Language));
    const thrown = Object.entries(hintCases.thrown).map(
      ([cell, hints]): (typeof hintCases.said)[number] => [cell, errorOf(cell), hints],
    );
    const refused = hintCases.tensorFlow.map(
      ([cell, message, hints]): (typeof hintCases.said)[number] => [
        cell,
        ['Error', message],
        hints,
      ],
    );
    for (const [cell, error, hints] of [...thrown, ...refused, ...hintCases.said]) {
      it(`${JSON.stringify(cell)}: ${error}`, () =>
        equal(hint(cell, ...error), hintsIn(texts, hints)[0]));
    }
  });
}

describe('hints', () => {
  const sources = (...parts: readonly string[]) =>
    fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map(words => words.join(''));

  it('name the Node that lacks what is used', () => {
    const message =
      "Property 'groupBy' does not exist on type 'ObjectConstructor'. Do you need to change your target library? Try changing the 'lib' compiler option to 'es2024' or later.";
    match(hint('Object.groupBy', 'TypeScriptError', message, 7) ?? '', /Node [\d.]+.*groupBy/);
  });

  it('see a cell without strings, in which each place stays, whatever is written', () =>
    fc.assert(
      fc.property(sources(...'ab "\'`$\\/*{}()[]=,.#\n：，', '//', '/*', '*/', '${'), source =>
        equal(maskStrings(source).replace(/[^\n]/g, '.'), source.replace(/[^\n]/g, '.')),
      ),
    ));

  it('are given or not, whatever is written, wherever the error is said to be', () => {
    const messages = fc.constantFrom(
      "Cannot find name 'x'.",
      'The left-hand side of an arithmetic operation',
      'The right-hand side of an arithmetic operation',
      "Operator '+' cannot be applied to types 'number[]' and 'number'.",
      "Argument of type 'number' is not assignable to parameter of type 'string'.",
      "Type 'Promise<number>' must have a '[Symbol.iterator]()' method",
      'Expected 1 arguments, but got 2.',
      'Invalid character.',
    );
    const cells = sources(...'fx "\'`()[]{}=,.+*:;\n#', ' in ', 'await ', 'const ', '=>');
    fc.assert(
      fc.property(cells, messages, fc.nat(30), fc.nat(30), (source, message, line, column) => {
        hintFor({ name: 'Error', message, source, line, column });
      }),
    );
  });
});
