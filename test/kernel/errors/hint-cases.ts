/** Cells, and the hints that a learner reads below their errors; the sentences stand in `messages/`. */
import type { Messages } from '../../../lib/kernel/messages/en';

const LONG = `let long: ${[...'abcdefghij'].map(letter => `"${letter.repeat(9)}"`).join(' | ')} = 1`;

/** Returns the hints for what TypeScript finds, in one language. */
export function hintCases({ hints: h }: Messages): Readonly<Record<string, readonly string[]>> {
  const number = h.type('number', h.types.number, true);
  const string = h.type('string', h.types.string, true);
  return {
    // A keyword argument.
    'await fit(model, xTrain, yTrain, epochs=5)': [
      h.options('epochs=5', 'fit(model, xTrain, yTrain, { epochs: 5 })'),
    ],
    'await fit(model,\n  xTrain, yTrain,\n  epochs=5, // often\n  batch_size=32)': [
      h.options('epochs=5', 'fit(model, xTrain, yTrain, { epochs: 5, batchSize: 32 })'),
    ],
    'model.add(tf.layers.dense(units=10, activation="relu", use_bias=True))': [
      h.options('units=10', 'tf.layers.dense({ units: 10, activation: "relu", useBias: true })'),
      h.python('True', 'true'),
    ],
    'xTrain.argMax(axis=1)': [h.keywordArgument('axis=1', '1', '{ axis: 1 }')],
    'labels.map(v => Math.max(labels.at(at=v), 1))': [h.keywordArgument('at=v', 'v', '{ at: v }')],
    'function area(w: number, h: number) { return w * h }\narea(w=2, h=3)': [
      h.keywordArgument('w=2', '2', '{ w: 2, h: 3 }'),
    ],
    // Python's print alone takes these.
    'console.log(count, end="")': [],
    'console.log("epochs=5", \'fit(epochs=5)\', nope) // fit(nope=5)': [h.missing('nope')],
    'const f = (a = nope) => a': [h.missing('nope')],
    // A name that is assigned before it is declared.
    'x = 5': [h.declare(h.declaration('x = 5'))],
    'x = [1,\n 2]\nx.length': [h.declare(h.declaration('x = …'))],
    'for (i = 0; i < 3; i++) {\n  console.log(i)\n}': [h.declare('for (let i = …)')],
    'for (i of labels)\n  console.log(i)': [h.declare('for (const i of …)')],
    'a1 = 1; a2 = 2': [h.declare(h.declaration('a1 = 1')), h.declare(h.declaration('a2 = 2'))],
    'cuont = 3': [h.declare(h.declaration('cuont = 3'), 'count')],
    'count = 3': [],
    // A misspelt name.
    'fitt; fitt; lables': [h.meantOrAbove('fit'), h.meantOrAbove('labels')],
    'model.sumary()': [h.write('model.summary')],
    'tf.layers.Dense({ units: 10 })': [h.write('tf.layers.dense')],
    'await fit(model, xTrain, yTrain, { epoch: 5 })': [h.write('epochs')],
    'import { fitt } from "digits"': [h.write('fit')],
    'import x from "digit"': [h.meant("'digits'")],
    'import x from "tensorflow"': [h.meant("'@tensorflow/tfjs'")],
    'import x from "./mine"': [],
    // TypeScript offers `test` or `testX`, of which neither is meant.
    xTest: [h.missing('xTest')],
    'trainX.reshape([1])': [h.loadedData('trainX')],
    'document.title': [h.onlyInPages('document')],
    '{ const inner = 1 }\ninner': [h.isWithin('inner')],
    'const f = (inner: number) => inner; inner': [h.isWithin('inner')],
    'class T { x = 1; f() { return x } }': [],
    // Arithmetic on what is no number.
    'const zeros = [0] * 10': [h.repeatArray('new Array(10).fill(0)')],
    '[0, 1] * 3': [h.repeatArray('Array.from({ length: 3 }, () => [0, 1]).flat()')],
    '[[0]] * 3': [h.repeatArray('Array.from({ length: 3 }, () => [0])')],
    '"-" * 20': [h.repeatString('"-".repeat(20)')],
    '"5" - 1': [],
    'labels + [4]': [h.joinArrays('[...labels, ...[4]]')],
    'labels + 1': [h.addToEach('labels.map(v => v + 1)')],
    'xTrain + xTrain': [h.addTensors('xTrain.add(xTrain)')],
    'trainX / 255': [
      h.numbersOnly('/', 'trainX.div(255)', 'trainX.map(v => v / 255)', 'divide(trainX, 255)'),
    ],
    '2 - xTrain': [h.numbersOnly('-', 'tf.sub(2, xTrain)', 'xTrain.map(v => 2 - v)')],
    // A Chinese sign.
    'const a = 1，b = 2': [h.punctuation('，', ',')],
    'const b = 1；': [h.punctuation('；', ';')],
    'console.log（1）': [h.punctuation('（', '('), h.punctuation('）', ')')],
    'console.log(“你好”)': [h.punctuation('“', '"'), h.punctuation('”', '"')],
    'console.log("你好”)': [h.punctuation('”', '"')],
    'const s = "，；"; nope // ，': [h.missing('nope')],
    'const s = "“一”;': [],

    // A missing await.
    'const h = fit(model, xTrain, yTrain);\nh.history': [
      h.wait('const h = await fit(model, xTrain, yTrain)'),
    ],
    'const p = later(); p.length; p.map': [h.wait('const p = await later()')],
    'const p = 1; { const p = later(); p.length }': [h.wait('(await p).length')],
    'const { history } = fit(model, xTrain, yTrain)': [h.wait('await fit(model, xTrain, yTrain)')],
    'const [[a, b], [c, d]] = mnist.loadData()': [h.wait('await mnist.loadData()')],
    'later()\n  .length': [h.wait('(await later()).length')],
    'later() + 1': [h.wait('await later()')],
    'divide(mnist.loadData(), 255)': [h.wait('await mnist.loadData()')],
    'tf.layers.dense({ units: later() })': [h.wait('await later()')],
    'const numbers: number[] = labels.map(async v => v)': [h.waitForAll],
    'const p: Promise<number> = 1': [h.expected(h.type('Promise<number>'), number)],
    'divide(xTrain, 255)': [
      h.expected(h.type('ByteArray<[number, number, number]>'), h.type('Tensor3D', h.types.tensor)),
    ],
    'const g = () => await later()': [h.async('async (…) => …')],
    'function g() { return await later() }': [h.async('async function g(…)')],
    // A wrong type.
    'tf.layers.dense({ units: "10" })': [h.expected(number, string, 'units: 10')],
    'tf.layers.dense({ units: "ten" })': [h.expected(number, string)],
    'parseInt(5)': [h.expected(string, number, 'String(5)')],
    'setLanguage("de")': [h.expected(h.type('Language'), h.type('"de"'))],
    'await fit(model, xTrain, yTrain, 5)': [h.expectedOptions('5')],
    'model.compile({ optimizer: "adam" })': [h.add(['loss'])],
    'await fit(model, trainX, yTrain)': [
      h.expected(h.type('Tensors'), h.type('Images', h.types.loaded), 'divide(trainX, 255)'),
    ],
    'tf.tensor1d(trainY, "int32")': [
      h.expected(h.type('TensorLike1D'), h.type('Labels', h.types.loaded), 'trainY.data'),
    ],
    'await fit(model, xTrain)': [h.arguments('fit', '3-4', '2')],
    'setTimeout("a", "b")': [h.expected(h.type('() => void', h.types.function), string)],
    [LONG]: [
      h.expected(h.type('"aaaaaaaaa" | "bbbbbbbbb" | "ccccccccc" | "ddddddddd" | …'), h.type('1')),
    ],
    'const fixed = 1; fixed = 2': [h.constant('fixed')],
    'xTrain.length': [h.count('xTrain')],
    'labels.nothing': [],

    // Python.
    'print(labels, len(labels), end="")': [
      h.python('print(…)', 'console.log(labels, len(labels))'),
      h.python('len(…)', 'labels.length'),
    ],
    'const yes = True; None': [h.python('True', 'true'), h.python('None', 'null')],
    'let n: int = 1': [h.python('int', 'number')],
    'sum(labels); max(labels); max(1, 2)': [
      h.python('sum(…)', 'labels.reduce((a, b) => a + b, 0)'),
      h.python('max(…)', 'Math.max(...labels)'),
      h.python('max(…)', 'Math.max(1, 2)'),
    ],
    sum: [h.missing('sum')],
    'range(10)': [h.python('range(…)', 'Array.from({ length: 10 }, (_, i) => i)')],
    'def double(x):\n  return x * 2': [h.pythonLine('function double(x) { … }')],
    'if count == 0 and not count:\n  pass': [h.pythonLine('if (count === 0 && !count) { … }')],
    'if name == "a:b":\n  pass': [h.pythonLine('if (name == "a:b") { … }')],
    'for i in range(1, 10):\n  print(i)': [h.pythonLine('for (let i = 1; i < 10; i++) { … }')],
    'for i in range(9, 0, -2):\n  pass': [h.pythonLine('for (let i = 9; i > 0; i -= 2) { … }')],
    'for i, v in enumerate(labels):\n  pass': [
      h.pythonLine('for (const [i, v] of labels.entries()) { … }'),
    ],
    'const s = 1 if count == 2 else 3': [h.pythonLine('count === 2 ? 1 : 3')],
    'const f = lambda x: x': [h.pythonLine('(x) => …')],
    'import tensorflow as tf': [h.pythonLine("import * as tf from '@tensorflow/tfjs'")],
    'from digits import fit, divide': [h.pythonLine("import { fit, divide } from 'digits'")],
    'print(f"{count} left")': [h.python("f'…'", `\`\${count} left\``)],
    'labels[1:3]': [h.python('[1:3]', h.slices('labels.slice(1, 3)', 'labels.slice(1, 2)'))],
    'xTrain[:5]': [h.python('[:5]', 'xTrain.slice(0, 5)')],
    '# note': [h.python('# …', '// …')],
    'labels.append(4)': [h.python('.append(…)', '.push(…)')],
    'tf.keras.layers.Dense(10)': [h.python('tf.keras.layers', 'tf.layers')],
    // TypeScript's own.
    'const colon = count ? nope : 2': [h.missing('nope')],
    'const isText = (v: unknown): v is string => nope': [h.missing('nope')],

    'function all() { for await (const label of labels) {} }': [h.async('async function all(…)')],
    'global x': [],
    'const a = {a: 1': [],
  };
}

/** Returns the hints for what cells throw, in one language, by the last line of the cell. */
export const thrownCases = ({
  hints: h,
}: Messages): Readonly<Record<string, string | undefined>> => ({
  'fit(model, epochs=5)': h.options('epochs=5', 'fit(model, { epochs: 5 })'),
  'labels.at(at=5)': h.keywordArgument('at=5', '5', '{ at: 5 }'),
  'x = 5': h.declare(h.declaration('x = 5')),
  'fitt(model)': h.meantOrAbove('fit'),
  'xTest.shape': h.missing('xTest'),
  'print(1)': h.python('print(…)', 'console.log(1)'),
  True: h.python('True', 'true'),
  'document.title': h.onlyInPages('document'),
  'model.sumary()': h.meant('model.summary'),
  'model.nothing()': undefined,
  'labels.append(3)': h.python('.append(…)', '.push(…)'),
  'nobody.at()': h.missing('nobody'),
  'const [a] = h;': h.wait('await h'),
  'labels.push(...h);': h.wait('await h'),
  'const [a] = later();': h.wait('await later(…)'),
  'h.map(v => v)': h.wait('await h'),
  'h.history.loss': h.wait('await h'),
  // The promise has no part in these.
  'labels.nothing(h)': undefined,
  'labels.history.loss; h': undefined,
  'const { a } = undefined; h': undefined,
  'null.x': undefined,
  'throw new RangeError("xTest is not defined")': undefined,
  'throw new TypeError("epochs=5")': undefined,
});

/** In the browser a pattern stands in brackets, of which Chromium names nothing. */
const NAMELESS = 'object is not iterable (cannot read property Symbol(Symbol.iterator))';

const UNREAD = ['SyntaxError', 'Unexpected token'] as const;

type Said = [
  cell: string,
  error: readonly [name: string, message: string, column?: number],
  hint: string | undefined,
];

/** Returns the hints for errors in the words of Firefox, Safari and the browser's kernel. */
export const saidCases = ({ hints: h }: Messages): readonly Said[] => [
  [
    'fit(model, epochs=5)',
    ['ReferenceError', 'assignment to undeclared variable epochs'],
    h.options('epochs=5', 'fit(model, { epochs: 5 })'),
  ],
  ['xTest', ['ReferenceError', "Can't find variable: xTest"], h.missing('xTest')],
  ['eval("model")', ['ReferenceError', 'model is not defined'], undefined],
  ['const [a] = h', ['TypeError', 'h is not iterable'], h.wait('await h')],
  [
    'h.history.loss',
    ['TypeError', 'can\'t access property "loss", h.history is undefined'],
    h.wait('await h'),
  ],
  ['h.map(v => v)', ['TypeError', 'h.map is not a function'], h.wait('await h')],
  ['model.sumary()', ['TypeError', 'model.sumary is not a function'], h.meant('model.summary')],
  [
    'labels.history.loss',
    ['TypeError', 'can\'t access property "loss", labels.history is undefined'],
    undefined,
  ],
  ['const [a] = later();', ['TypeError', NAMELESS], h.wait('await later(…)')],
  ['const [a] = h;', ['TypeError', NAMELESS], h.wait('await h')],
  ['const [a] = await later();', ['TypeError', NAMELESS], undefined],
  ['const [a] = model.summary();', ['TypeError', NAMELESS], undefined],
  [
    'fixed = 1',
    ['SyntaxError', "Cannot assign to 'fixed' because it is a constant."],
    h.constant('fixed'),
  ],
  // Unreadable from a column on.
  ['const b = 1；', [...UNREAD, 11], h.punctuation('；', ';')],
  ['const q = ; // ，', [...UNREAD, 10], undefined],
  ['const q = ; "，"', [...UNREAD, 10], undefined],
  ['const s = f"{a} b"', [...UNREAD, 11], h.python("f'…'", `\`\${a} b\``)],
  ['for i in range(3):', [...UNREAD, 4], h.pythonLine('for (let i = 0; i < 3; i++) { … }')],
];
