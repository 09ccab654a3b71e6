import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Code, maskStrings } from '../../../lib/kernel/errors/code';
import { hintFor } from '../../../lib/kernel/errors/hints';
import { isNear, nearest } from '../../../lib/kernel/errors/values';

describe('The code of a cell', () => {
  const cases: [source: string, bare: string][] = [
    ['a // b', 'a     '],
    ['a /* b\nc */ d', 'a     \n     d'],
    ["f('b', x)", "f(' ', x)"],
    ['f("it\'s", x)', 'f("    ", x)'],
    ['"\\"" + x', '"  " + x'],
    [`\`a\${b + \`c\${d}\` + {e: 1}.e}f\``, `\` \${b + \` \${d}\` + {e: 1}.e} \``],
    ['"open\nx', '"    \nx'],
    ['`open\nx', '`    \n '],
    ['a / b / "c"', 'a / b / " "'],
    ['x = /"[/]/g; y', 'x =        ; y'],
  ];
  for (const [source, expected] of cases) {
    it(`without strings and comments: ${JSON.stringify(source)}`, () =>
      assert.equal(maskStrings(source), expected));
  }

  it('keeps each place, whatever is written', () => {
    const part = fc.constantFrom(...'ab "\'`$\\/*{}()[]=,.#\n：，', '//', '/*', '*/', '${');
    const sources = fc.array(part, { maxLength: 40 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(sources, source => {
        const text = maskStrings(source);
        assert.equal(text.length, source.length);
        assert.equal(text.replace(/[^\n]/g, ''), source.replace(/[^\n]/g, ''));
      }),
    );
  });

  it('ends, whatever is written, wherever the error is said to be', () => {
    const part = fc.constantFrom(...'fx "\'`()[]{}=,.+*:;\n#', ' in ', 'await ', 'const ', '=>');
    const sources = fc.array(part, { maxLength: 30 }).map(parts => parts.join(''));
    const messages = fc.constantFrom<[number, string]>(
      [2304, "Cannot find name 'x'."],
      [2362, 'The left-hand side of an arithmetic operation'],
      [2363, 'The right-hand side of an arithmetic operation'],
      [2365, "Operator '+' cannot be applied to types 'number[]' and 'number'."],
      [2345, "Argument of type 'number' is not assignable to parameter of type 'string'."],
      [2488, "Type 'Promise<number>' must have a '[Symbol.iterator]()' method"],
      [2554, 'Expected 1 arguments, but got 2.'],
      [1127, 'Invalid character.'],
    );
    const place = fc.nat(30);
    fc.assert(
      fc.property(sources, messages, place, place, (source, [code, message], line, column) => {
        hintFor({ name: 'Error', message, code, source, line, column });
      }),
    );
  });

  it('finds the call of an argument', () => {
    const calleeAt = (source: string) => new Code(source).callAround(source.indexOf('x'))?.callee;
    assert.equal(calleeAt('f(x)'), 'f');
    assert.equal(calleeAt('tf.layers.dense(1, g(2), x)'), 'tf.layers.dense');
    assert.equal(calleeAt('await f("(", x'), 'f');
    assert.equal(calleeAt('new F(x)'), 'F');
    assert.equal(calleeAt('layers[0].apply(x)'), 'layers[0].apply');
    for (const source of [
      'f([x])',
      'f({ x })',
      '(x)',
      'if (x)',
      'function f(x) {}',
      '(x) => 1',
      'x',
    ]) {
      assert.equal(calleeAt(source), undefined, source);
    }
    assert.equal(calleeAt('{ f(x) { } }'), undefined);
  });

  it('finds operands', () => {
    const whole = [
      'a',
      'a.b',
      'a[0].b',
      'f(1, "+")',
      'f(g(1))[2]',
      '"a b"',
      '[1, 2]',
      '(a + b)',
      'a?.b',
    ];
    for (const operand of whole) {
      assert.equal(new Code(`${operand} + 1`).operand(0), operand);
      assert.equal(new Code(`1 + ${operand}`).operandBefore(operand.length + 4), operand);
    }
    assert.equal(new Code('await f(1).b;').operand(0), 'await f(1).b');
    assert.equal(new Code('+').operand(0), '');
  });
});

describe('The nearest name', () => {
  it('is one letter off, or two where it is long, or differs by its capitals', () => {
    for (const [name, other] of [
      ['fitt', 'fit'],
      ['modle', 'model'],
      ['Dense', 'dense'],
      ['confusionMatrx', 'confusionMatrix'],
      ['forwardPasFigur', 'forwardPassFigure'],
    ] as const) {
      assert.ok(isNear(name, other), name);
    }
    for (const [name, other] of [
      ['xTest', 'test'],
      ['xTest', 'testX'],
      ['p', 'q'],
      ['ad', 'add'],
      ['int', 'Intl2'],
      ['sum', 'summary'],
      ['label', 'model'],
    ] as const) {
      assert.ok(!isNear(name, other), name);
    }
  });

  it('is the one of fewest changes', () => {
    assert.equal(nearest('fitt', ['model', 'fits', 'fit', 'fitt']), 'fits');
    assert.equal(nearest('labls', ['table', 'labels']), 'labels');
    assert.equal(nearest('nothing', ['model']), undefined);
    assert.equal(nearest('x', []), undefined);
  });
});
