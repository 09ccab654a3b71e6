import assert from 'node:assert/strict';
import { setLanguage } from '../../../lib/digits/language';
import { Diagnosed } from './diagnostics';

const NOT_THERE = (name: string) =>
  `There is no ${name} yet. Run the cells above first (menu Run → Run All Above Selected Cell); if they have run, see whether it is misspelt`;
const OPTIONS = (argument: string, code: string) =>
  `TypeScript has no keyword arguments such as ${argument}; options go into an object: ${code}`;
const EITHER = (argument: string, value: string, object: string) =>
  `TypeScript has no keyword arguments such as ${argument}: give the value alone, ${value}, in its place, or ${object} where the function takes an object of options`;
const WAIT = (code: string) =>
  `This value has not come yet (it is a Promise). Wait for it: ${code}`;
const PYTHON = (theirs: string, ours: string) => `Python's ${theirs} is ${ours} in TypeScript`;
const LINE = (ours: string) => `This line is Python; in TypeScript it is ${ours}`;
const SIGN = (sign: string, ours: string) =>
  `"${sign}" is a Chinese punctuation mark; write ${ours}`;
const DECLARE = (code: string) => `A new name is declared first: ${code}`;
const SLIP = (name: string) =>
  `Did you mean ${name}? If not, run the cells above first (menu Run → Run All Above Selected Cell)`;
const REPEAT = (what: string, code: string) => `* does not repeat ${what}; write ${code}`;

/** Cells, and the hints that a learner reads below what TypeScript says of them. */
const CASES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'a keyword argument': {
    'await fit(model, xTrain, yTrain, epochs=5)': [
      OPTIONS('epochs=5', 'fit(model, xTrain, yTrain, { epochs: 5 })'),
    ],
    'await fit(model,\n  xTrain, yTrain,\n  epochs=5, // often\n  batch_size=32)': [
      OPTIONS('epochs=5', 'fit(model, xTrain, yTrain, { epochs: 5, batchSize: 32 })'),
    ],
    'model.add(tf.layers.dense(units=10, activation="relu", use_bias=True))': [
      OPTIONS('units=10', 'tf.layers.dense({ units: 10, activation: "relu", useBias: true })'),
      PYTHON('True', 'true'),
    ],
    'let epochs = 3; await fit(model, xTrain, yTrain, epochs=5)': [
      OPTIONS('epochs=5', 'fit(model, xTrain, yTrain, { epochs: 5 })'),
    ],
    'xTrain.argMax(axis=1)': [EITHER('axis=1', '1', '{ axis: 1 }')],
    'labels.map(v => Math.max(labels.at(at=v), 1))': [EITHER('at=v', 'v', '{ at: v }')],
    'function area(w: number, h: number) { return w * h }\narea(w=2, h=3)': [
      EITHER('w=2', '2', '{ w: 2, h: 3 }'),
    ],
    // Python's print alone takes these.
    'console.log(count, end="")': [],
    'const t = `epochs=5 ${labels.at(epochs=5)}`': [EITHER('epochs=5', '5', '{ epochs: 5 }')],
    'console.log("epochs=5", \'fit(epochs=5)\', nope) // fit(nope=5)': [NOT_THERE('nope')],
    'const quote = /"/; await fit(model, xTrain, yTrain, epochs=5)': [
      OPTIONS('epochs=5', 'fit(model, xTrain, yTrain, { epochs: 5 })'),
    ],
    'if (nope == 5) {}': [NOT_THERE('nope')],
    'const f = (a = nope) => a': [NOT_THERE('nope')],
  },
  'a name that is assigned before it is declared': {
    'x = 5': [DECLARE('const x = 5, or let where it will change')],
    'x = [1,\n 2]\nx.length': [DECLARE('const x = …, or let where it will change')],
    'for (i = 0; i < 3; i++) {\n  console.log(i)\n}': [DECLARE('for (let i = …)')],
    'for (i of labels)\n  console.log(i)': [DECLARE('for (const i of …)')],
    'a1 = 1; a2 = 2': [
      DECLARE('const a1 = 1, or let where it will change'),
      DECLARE('const a2 = 2, or let where it will change'),
    ],
    'cuont = 3': [`Did you mean count? ${DECLARE('const cuont = 3, or let where it will change')}`],
    'count = 3': [],
  },
  'a misspelt name': {
    'await fitt(model, xTrain, yTrain)': [SLIP('fit')],
    'await fit(modle, xTrain, yTrain)': [SLIP('model')],
    'fitt; fitt; lables': [SLIP('fit'), SLIP('labels')],
    'model.sumary()': ['Write model.summary'],
    'tf.layers.Dense({ units: 10 })': ['Write tf.layers.dense'],
    'await fit(model, xTrain, yTrain, { epoch: 5 })': ['Write epochs'],
    'import { fitt } from "digits"': ['Write fit'],
    'import x from "digit"': ["Did you mean 'digits'?"],
    'import x from "tensorflow"': ["Did you mean '@tensorflow/tfjs'?"],
    'import x from "./mine"': [],
    // TypeScript offers `test` or `testX`, of which neither is meant.
    xTest: [NOT_THERE('xTest')],
    'xTest.shape; xTest.print()': [NOT_THERE('xTest')],
    'trainX.reshape([1])': [
      "trainX is loaded data: its numbers are in trainX.data. For a tensor of pictures write divide(trainX, 255), of labels tf.tensor1d(trainX.data, 'int32')",
    ],
    'document.title': ['document belongs to a web page; a cell has none'],
    '{ const inner = 1 }\ninner': [
      'inner is known only within the function or the braces that declare it',
    ],
    'const f = (inner: number) => inner; inner': [
      'inner is known only within the function or the braces that declare it',
    ],
    'class T { x = 1; f() { return x } }': [],
  },
  'arithmetic on what is no number': {
    'const zeros = [0] * 10': [REPEAT('an array', 'new Array(10).fill(0)')],
    '10 * [0]': [REPEAT('an array', 'new Array(10).fill(0)')],
    '[0.5] * labels.length + 1': [REPEAT('an array', 'new Array(labels.length).fill(0.5)')],
    '[0, 1] * 3': [REPEAT('an array', 'Array.from({ length: 3 }, () => [0, 1]).flat()')],
    '[[0]] * 3': [REPEAT('an array', 'Array.from({ length: 3 }, () => [0])')],
    '"-" * 20': [REPEAT('a string', '"-".repeat(20)')],
    '"5" - 1': [],
    'labels + [4]': ['+ does not join arrays; write [...labels, ...[4]]'],
    'labels + 1': ['+ does not add to each item of an array; write labels.map(v => v + 1)'],
    'labels + "x"': [],
    'xTrain + xTrain': ['To add tensors write xTrain.add(xTrain)'],
    'trainX / 255': [
      '/ works on numbers only. For a tensor write trainX.div(255); for an array trainX.map(v => v / 255); for loaded pictures divide(trainX, 255)',
    ],
    '2 - xTrain': [
      '- works on numbers only. For a tensor write tf.sub(2, xTrain); for an array xTrain.map(v => 2 - v)',
    ],
    'labels * labels': ['* works on numbers only. For a tensor write labels.mul(labels)'],
    '"*" + count * 2': [],
  },
  'a missing await': {
    'const h = fit(model, xTrain, yTrain);\nh.history': [
      WAIT('const h = await fit(model, xTrain, yTrain)'),
    ],
    'const p = later(); p.length; p.map': [WAIT('const p = await later()')],
    'const p = 1; { const p = later(); p.length }': [WAIT('(await p).length')],
    'const { history } = fit(model, xTrain, yTrain)': [WAIT('await fit(model, xTrain, yTrain)')],
    'const [loss, accuracy] = evaluate(model, xTrain, yTrain)': [
      WAIT('await evaluate(model, xTrain, yTrain)'),
    ],
    'const [[a, b], [c, d]] = mnist.loadData()': [WAIT('await mnist.loadData()')],
    'for (const each of later()) {}': [WAIT('await later()')],
    'later()\n  .length': [WAIT('(await later()).length')],
    'Math.max(...later())': [WAIT('await later()')],
    'later() + 1': [WAIT('await later()')],
    'divide(mnist.loadData(), 255)': [WAIT('await mnist.loadData()')],
    'tf.layers.dense({ units: later() })': [WAIT('await later()')],
    'const numbers: number[] = labels.map(async v => v)': [
      'These are values that have not come yet (Promises). Write await Promise.all(…) to wait for all of them',
    ],
    'const n: number = later': [],
    'const p: Promise<number> = 1': ['Expected Promise<number> here, but received a number'],
    'divide(xTrain, 255)': [
      'Expected ByteArray<[number, number, number]> here, but received a tensor (Tensor3D)',
    ],
    'const g = () => await later()': [
      'A function that contains await begins with async: async (…) => …',
    ],
    'function g() { return await later() }': [
      'A function that contains await begins with async: async function g(…)',
    ],
  },
  'a wrong type': {
    'tf.layers.dense({ units: "10" })': [
      'Expected a number here, but received a string: write units: 10',
    ],
    'tf.layers.dense({ units: "ten" })': ['Expected a number here, but received a string'],
    'parseInt(5)': ['Expected a string here, but received a number: write String(5)'],
    'setLanguage("de")': ['Expected Language here, but received "de"'],
    'await fit(model, xTrain, yTrain, 5)': ['Expected an object of options, { … }, but received 5'],
    'model.compile({ optimizer: "adam" })': ['Add loss'],
    'await fit(model, trainX, yTrain)': [
      'Expected Tensors here, but received loaded data (Images): write divide(trainX, 255)',
    ],
    'tf.tensor1d(trainY, "int32")': [
      'Expected TensorLike1D here, but received loaded data (Labels): write trainY.data',
    ],
    'await fit(model, xTrain)': [
      'fit takes 3 to 4 arguments, but received 2. Put the cursor behind its name and press Shift + Tab to see them',
    ],
    'setTimeout("a", "b")': ['Expected a function (() => void) here, but received a string'],
    [`let long: ${'abcdefghij'
      .split('')
      .map(letter => `"${letter.repeat(9)}"`)
      .join(' | ')} = 1`]: [
      'Expected "aaaaaaaaa" | "bbbbbbbbb" | "ccccccccc" | "ddddddddd" | … here, but received 1',
    ],
    'const fixed = 1; fixed = 2': ['Declare what will change by let: let fixed = …'],
    'xTrain.length': ['How many there are: xTrain.shape[0]'],
    'labels.nothing': [],
  },
  Python: {
    'print(labels, len(labels), end="")': [
      PYTHON('print(…)', 'console.log(labels, len(labels))'),
      PYTHON('len(…)', 'labels.length'),
    ],
    'const yes = True; None': [PYTHON('True', 'true'), PYTHON('None', 'null')],
    'let n: int = 1': [PYTHON('int', 'number')],
    'sum(labels); max(labels); max(1, 2)': [
      PYTHON('sum(…)', 'labels.reduce((a, b) => a + b, 0)'),
      PYTHON('max(…)', 'Math.max(...labels)'),
      PYTHON('max(…)', 'Math.max(1, 2)'),
    ],
    sum: [NOT_THERE('sum')],
    'range(10)': [PYTHON('range(…)', 'Array.from({ length: 10 }, (_, i) => i)')],
    'def double(x):\n  return x * 2': [LINE('function double(x) { … }')],
    'if count == 0 and not count:\n  pass': [LINE('if (count === 0 && !count) { … }')],
    'if name == "a:b":\n  pass': [LINE('if (name == "a:b") { … }')],
    'for i in range(1, 10):\n  print(i)': [
      LINE('for (let i = 1; i < 10; i++) { … }'),
      PYTHON('print(…)', 'console.log(i)'),
    ],
    'for i in range(9, 0, -2):\n  pass': [LINE('for (let i = 9; i > 0; i -= 2) { … }')],
    'for i, v in enumerate(labels):\n  pass': [
      LINE('for (const [i, v] of labels.entries()) { … }'),
    ],
    'const s = 1 if count == 2 else 3': [LINE('count === 2 ? 1 : 3')],
    'const f = lambda x: x': [LINE('(x) => …')],
    'import tensorflow as tf': [LINE("import * as tf from '@tensorflow/tfjs'")],
    'from digits import fit, divide': [LINE("import { fit, divide } from 'digits'")],
    'print(f"{count} left")': [
      PYTHON('print(…)', 'console.log(…)'),
      PYTHON("f'…'", `\`\${count} left\``),
    ],
    'labels[1:3]': [
      PYTHON(
        '[1:3]',
        'labels.slice(1, 3) (of an array) or labels.slice(1, 2) (of a tensor: where it begins, how many)',
      ),
    ],
    'xTrain[:5]': [PYTHON('[:5]', 'xTrain.slice(0, 5)')],
    '# note': [PYTHON('# …', '// …')],
    'labels.append(4)': [PYTHON('.append(…)', '.push(…)')],
    'tf.keras.layers.Dense(10)': [PYTHON('tf.keras.layers', 'tf.layers')],
    // TypeScript's own.
    'const colon = count ? nope : 2': [NOT_THERE('nope')],
    'if (count) nope(); else count = 1': [NOT_THERE('nope')],
    'class Own { #secret = nope }': [NOT_THERE('nope')],
    'const isText = (v: unknown): v is string => nope': [NOT_THERE('nope')],
    'for (const key in { a: 1 }) nope': [NOT_THERE('nope')],
  },
  'a Chinese sign': {
    'const a = 1，b = 2': [SIGN('，', ',')],
    'const b = 1；': [SIGN('；', ';')],
    'console.log（1）': [SIGN('（', '('), SIGN('）', ')')],
    'console.log(“你好”)': [SIGN('“', '"'), SIGN('”', '"')],
    'console.log("你好”)': [SIGN('”', '"')],
    'labels［0］': [SIGN('［', '['), SIGN('］', ']')],
    'const s = "，；"; nope // ，': [NOT_THERE('nope')],
    'const s = "“一”;': [],
  },
};

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
        'TypeScript 没有 epochs=5 这样的关键字参数，选项写在一个对象里：fit(model, xTrain, yTrain, { epochs: 5 })',
      ],
      '[0] * 10': ['数组不能用 * 重复，请写 new Array(10).fill(0)'],
      'await fitt(model)': [
        '想写的是 fit 吗？如果不是，请先运行上面的单元格（菜单“运行”→“运行选中单元格上方的所有单元格”）',
      ],
      xTest: [
        '还没有 xTest。请先运行上面的单元格（菜单“运行”→“运行选中单元格上方的所有单元格”）；运行过了，就检查有没有拼错',
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

  it('say nothing of a line that is not in the cell', () => {
    assert.doesNotThrow(() => typescript.hints('global x'));
    assert.doesNotThrow(() => typescript.hints('const a = {a: 1'));
  });
});
