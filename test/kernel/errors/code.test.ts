import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { maskStrings } from '../../../lib/kernel/errors/code';
import { hintFor } from '../../../lib/kernel/errors/hints';
import { isNear } from '../../../lib/kernel/errors/values';

const sourceOf = (...parts: readonly string[]) =>
  fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map(found => found.join(''));

describe('the code of a cell', () => {
  for (const [source, expected] of [
    ['a /* b\nc */ d', 'a     \n     d'],
    ['f("it\'s", x)', 'f("    ", x)'],
    [`\`a\${b + \`c\${d}\` + {e: 1}.e}f\``, `\` \${b + \` \${d}\` + {e: 1}.e} \``],
    ['x = /"[/]/g; y', 'x =        ; y'],
  ] as const) {
    it(`is masked: ${JSON.stringify(source)}`, () => equal(maskStrings(source), expected));
  }

  it('keeps each place, whatever is written', () =>
    fc.assert(
      fc.property(sourceOf(...'ab "\'`$\\/*{}()[]=,.#\n：，', '//', '/*', '*/', '${'), source => {
        const text = maskStrings(source);
        equal(text.length, source.length);
        equal(text.replace(/[^\n]/g, ''), source.replace(/[^\n]/g, ''));
      }),
    ));

  it('gives a hint or none, whatever is written, wherever the error is said to be', () => {
    const sources = sourceOf(...'fx "\'`()[]{}=,.+*:;\n#', ' in ', 'await ', 'const ', '=>');
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
    const place = fc.nat(30);
    fc.assert(
      fc.property(sources, messages, place, place, (source, message, line, column) => {
        hintFor({ name: 'Error', message, source, line, column });
      }),
    );
  });
});

describe('the nearest name', () => {
  it('is one letter off, or two if it is long, or differs by its capitals', () => {
    const names = 'fitt fit, modle model, Dense dense, confusionMatrx confusionMatrix';
    const others = 'xTest test, xTest testX, p q, ad add, int Intl2, sum summary, label model';
    const near = (pairs: string) =>
      pairs.split(', ').map(pair => isNear(...(pair.split(' ') as [string, string])));
    deepEqual(new Set(near(`${names}, forwardPasFigur forwardPassFigure`)), new Set([true]));
    deepEqual(new Set(near(others)), new Set([false]));
  });
});
