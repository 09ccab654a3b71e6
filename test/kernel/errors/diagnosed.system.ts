import assert from 'node:assert/strict';
import { setLanguage } from '../../../lib/digits/language';
import { hintFor } from '../../../lib/kernel/errors/hints';
import { Diagnosed } from './diagnostics';
import { OPTIONS, SLIP, WAIT } from './hint-words';
import { NAMES } from './name-cases';
import { PYTHON_LINES } from './python-cases';
import { VALUES } from './value-cases';

const CASES = { ...NAMES, ...VALUES, ...PYTHON_LINES };

describe('Hints for what TypeScript finds', function () {
  this.timeout(120_000);
  let typescript: Diagnosed;
  before(async () => {
    typescript = await Diagnosed.open();
  });
  after(() => typescript.close());
  beforeEach(() => setLanguage('en'));

  for (const [what, cells] of Object.entries(CASES)) {
    describe(what, () => {
      for (const [cell, hints] of Object.entries(cells)) {
        it(`${hints.length === 0 ? 'none of ' : ''}${JSON.stringify(cell)}`, () => {
          assert.deepEqual(typescript.hints(cell), hints);
        });
      }
    });
  }

  it('are in the language of the lesson', () => {
    const cells: Readonly<Record<string, readonly string[]>> = {
      'await fit(model, xTrain, yTrain, epochs=5)': [
        'TypeScript 没有 epochs=5 这样的关键字参数，选项要写在一个对象里：fit(model, xTrain, yTrain, { epochs: 5 })',
      ],
      '[0] * 10': ['数组不能用 * 重复，请写 new Array(10).fill(0)'],
      'await fitt(model)': [
        '想写的是 fit 吗？如果不是，请先运行上面的单元格（菜单“运行”→“运行选中单元格上方的所有单元格”）',
      ],
      xTest: [
        '还没有 xTest。请先运行上面的单元格（菜单“运行”→“运行选中单元格上方的所有单元格”）；如果已经运行过，请检查有没有拼错',
      ],
      'later().length': ['这个值还没有算出来（Promise），要等它算完：(await later()).length'],
      'tf.layers.dense({ units: "10" })': [
        '这里需要数（number），实际给的是字符串（string）：请写 units: 10',
      ],
      'print(1)': ['Python 的 print(…)，在 TypeScript 里写成 console.log(1)'],
      'const a = 1，b = 2': ['“，”是中文标点，请换成英文的 ,'],
    };
    setLanguage('zh');
    for (const [cell, hints] of Object.entries(cells)) {
      assert.deepEqual(typescript.hints(cell), hints, cell);
    }
    for (const cells of Object.values(CASES)) {
      for (const [cell, hints] of Object.entries(cells)) {
        assert.equal(typescript.hints(cell).length, hints.length, cell);
      }
    }
  });

  it('are the same, or less sure of the code, where no column is known', () => {
    const cells: Readonly<Record<string, readonly string[]>> = {
      'await fit(model, xTrain, yTrain, epochs=5)': [
        OPTIONS('epochs=5', 'fit(model, xTrain, yTrain, { epochs: 5 })'),
      ],
      'await fitt(model)': [SLIP('fit')],
      'later().length': [WAIT('put await before it')],
      '[0] * 10': [],
      'parseInt(5)': ['Expected a string here, but received a number'],
    };
    for (const [cell, hints] of Object.entries(cells)) {
      assert.deepEqual(typescript.hints(cell, false), hints, cell);
    }
  });

  it('say which functions must be asynchronous', () => {
    const hint = 'A function that uses await must start with async: async function all(…)';
    for (const cell of [
      'function all() { for await (const label of labels) {} }',
      'function all() { await later(); }',
    ]) {
      assert.deepEqual(typescript.hints(cell), [hint]);
    }
  });

  it('name the Node that lacks what is used', () => {
    const [name, code] = ['TypeScriptError', 2550];
    const message =
      "Property 'groupBy' does not exist on type 'ObjectConstructor'. Do you need to change your target library? Try changing the 'lib' compiler option to 'es2024' or later.";
    const hint = hintFor({ name, message, code, source: 'Object.groupBy', line: 1, column: 7 });
    assert.match(hint ?? '', /^Node [\d.]+, .* does not have groupBy yet; a newer Node does$/);
  });

  it('say nothing of a line that is not in the cell', () => {
    assert.doesNotThrow(() => typescript.hints('global x'));
    assert.doesNotThrow(() => typescript.hints('const a = {a: 1'));
  });
});
