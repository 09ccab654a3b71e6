import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { setLanguage } from '../../../lib/digits/language';
import { hintFor } from '../../../lib/kernel/errors/hints';

const later = async () => [1, 2];
const model = { summary() {}, layers: [], fit: later };
/** What the cells above have made. */
const known = { later, model, fit: later, labels: [1, 2], h: later(), tf: { train: {} } };

/** As the browser's kernel asks, of an error at the last line of a cell. */
const hint = (source: string, name: string, message: string) =>
  hintFor({ name, message, source, line: source.split('\n').length, known });

/** The name and message that Chromium has for it, as Node has. */
function thrown(source: string): [name: string, message: string] {
  try {
    runInNewContext(`'use strict'; ${source}`, { ...known });
  } catch (error) {
    const { name, message } = error as Error;
    return [name, message];
  }
  throw new Error('Expected an error');
}

describe('Hints for what a cell throws', () => {
  beforeEach(() => setLanguage('en'));

  const OPTIONS =
    'TypeScript has no keyword arguments such as epochs=5; pass options in an object: fit(model, { epochs: 5 })';
  const NOT_THERE =
    'xTest does not exist yet. Run the cells above first (menu Run → Run All Above Selected Cell); if you have, check the spelling';
  const WAIT = (code: string) =>
    `This value is not ready yet (it is a Promise). Wait for it: ${code}`;
  const cases: [cell: string, hint: string | undefined][] = [
    ['fit(model, epochs=5)', OPTIONS],
    [
      'labels.at(at=5)',
      'TypeScript has no keyword arguments such as at=5: pass just the value, 5, in the right position, or { at: 5 } if the function takes an options object',
    ],
    ['x = 5', 'Declare a new name first: const x = 5, or let if its value will change'],
    [
      'fitt(model)',
      'Did you mean fit? If not, run the cells above first (menu Run → Run All Above Selected Cell)',
    ],
    ['xTest.shape', NOT_THERE],
    ['"xTest"; // xTest\nxTest', NOT_THERE],
    ['print(1)', "Python's print(…) is console.log(1) in TypeScript"],
    ['True', "Python's True is true in TypeScript"],
    ['document.title', 'document exists only in a web page, not in a cell'],
    ['model.sumary()', 'Did you mean model.summary?'],
    ['model.nothing()', undefined],
    ['labels.append(3)', "Python's .append(…) is .push(…) in TypeScript"],
    ['model.append(3)', undefined],
    [
      'nobody.at()',
      'nobody does not exist yet. Run the cells above first (menu Run → Run All Above Selected Cell); if you have, check the spelling',
    ],
    ['const [a] = h;', WAIT('await h')],
    ['for (const a of h) {}', WAIT('await h')],
    ['labels.push(...h);', WAIT('await h')],
    ['const [a] = later();', WAIT('await later(…)')],
    ['h.map(v => v)', WAIT('await h')],
    ['h.history.loss', WAIT('await h')],
    ['h.history[0].loss', WAIT('await h')],
    // The promise has no part in these.
    ['labels.nothing(h)', undefined],
    ['labels.history.loss; h', undefined],
    ['const { a } = undefined; h', undefined],
    ['null.x', undefined],
    ['labels()', undefined],
    ['throw new RangeError("xTest is not defined")', undefined],
    ['throw new TypeError("epochs=5")', undefined],
  ];
  for (const [cell, expected] of cases) {
    it(`${expected ? '' : 'none of '}${JSON.stringify(cell)}`, () => {
      assert.equal(hint(cell, ...thrown(cell)), expected);
    });
  }

  it('are the same for what Firefox and Safari say', () => {
    const said: [cell: string, name: string, message: string, hint: string | undefined][] = [
      [
        'fit(model, epochs=5)',
        'ReferenceError',
        'assignment to undeclared variable epochs',
        OPTIONS,
      ],
      ['xTest', 'ReferenceError', "Can't find variable: xTest", NOT_THERE],
      ['const [a] = h', 'TypeError', 'h is not iterable', WAIT('await h')],
      ['for (const a of h) {}', 'TypeError', 'h is not iterable', WAIT('await h')],
      [
        'h.history.loss',
        'TypeError',
        'can\'t access property "loss", h.history is undefined',
        WAIT('await h'),
      ],
      ['h.map(v => v)', 'TypeError', 'h.map is not a function', WAIT('await h')],
      [
        'model.sumary()',
        'TypeError',
        'model.sumary is not a function',
        'Did you mean model.summary?',
      ],
      [
        'labels.history.loss',
        'TypeError',
        'can\'t access property "loss", labels.history is undefined',
        undefined,
      ],
    ];
    for (const [cell, name, message, expected] of said) {
      assert.equal(hint(cell, name, message), expected, message);
    }
  });

  it('know what the kernel in the browser makes of a pattern', () => {
    // It puts the pattern into brackets, and Chromium then names nothing.
    const message = 'object is not iterable (cannot read property Symbol(Symbol.iterator))';
    assert.equal(hint('const [a] = later();', 'TypeError', message), WAIT('await later(…)'));
    assert.equal(hint('const [a] = h;', 'TypeError', message), WAIT('await h'));
    assert.equal(hint('const [a] = await later();', 'TypeError', message), undefined);
    assert.equal(hint('const [a] = model.summary();', 'TypeError', message), undefined);
  });

  it('are in the language of the lesson', () => {
    setLanguage('zh');
    assert.equal(
      hint('const [a] = h', 'TypeError', 'h is not iterable'),
      '这个值还没有算出来（Promise），要等它算完：await h',
    );
    assert.equal(
      hint('model.sumary()', 'TypeError', 'model.sumary is not a function'),
      '想写的是 model.summary 吗？',
    );
  });

  it('read signs where the browser cannot read a cell', () => {
    const error = { name: 'SyntaxError', message: 'Unexpected token', line: 1, known };
    const at = (source: string, column: number) => hintFor({ ...error, source, column });
    assert.equal(at('const b = 1；', 11), '"；" is a Chinese punctuation mark; write ;');
    assert.equal(at('const q = ; // ，', 10), undefined);
    assert.equal(at('const s = f"{a} b"', 11), `Python's f'…' is \`\${a} b\` in TypeScript`);
    assert.equal(at('const q = ; "，"', 10), undefined);
    assert.equal(
      at('for i in range(3):', 4),
      'This line is Python; in TypeScript, write for (let i = 0; i < 3; i++) { … }',
    );
    assert.equal(
      hintFor({
        ...error,
        source: 'fixed = 1',
        message: "Cannot assign to 'fixed' because it is a constant.",
      }),
      'Declare a value that changes with let: let fixed = …',
    );
  });

  describe('of a cell that TypeScript has checked', () => {
    const checked = (source: string, message: string) =>
      hintFor({ name: 'ReferenceError', message, source, line: 1 });

    it('know what tslab loses', () => {
      assert.equal(
        checked('const o = { model, a: await later() }', 'model is not defined'),
        'In a cell with await, the shorthand fails: write model: model instead of model',
      );
      assert.equal(
        checked('await (async () => { await later() })()', 'await is not defined'),
        'Put the awaited result on its own line: const result = await …',
      );
    });

    it('claim nothing else', () => {
      assert.equal(checked('const o = { model }', 'model is not defined'), undefined);
      assert.equal(checked('await later(); eval("model")', 'model is not defined'), undefined);
    });
  });
});
