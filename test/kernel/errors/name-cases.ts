import { DECLARE, EITHER, NOT_THERE, OPTIONS, PYTHON, REPEAT, SIGN, SLIP } from './hint-words';

export type Cases = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Cells, and the hints that a learner reads below what TypeScript says of them. */
export const NAMES: Cases = {
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
    'x = 5': [DECLARE('const x = 5, or let if its value will change')],
    'x = [1,\n 2]\nx.length': [DECLARE('const x = …, or let if its value will change')],
    'for (i = 0; i < 3; i++) {\n  console.log(i)\n}': [DECLARE('for (let i = …)')],
    'for (i of labels)\n  console.log(i)': [DECLARE('for (const i of …)')],
    'a1 = 1; a2 = 2': [
      DECLARE('const a1 = 1, or let if its value will change'),
      DECLARE('const a2 = 2, or let if its value will change'),
    ],
    'cuont = 3': [
      `Did you mean count? ${DECLARE('const cuont = 3, or let if its value will change')}`,
    ],
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
      "trainX is loaded data: its numbers are in trainX.data. To make a tensor, write divide(trainX, 255) for pictures or tf.tensor1d(trainX.data, 'int32') for labels",
    ],
    'document.title': ['document exists only in a web page, not in a cell'],
    '{ const inner = 1 }\ninner': [
      'inner exists only inside the function or braces that declare it',
    ],
    'const f = (inner: number) => inner; inner': [
      'inner exists only inside the function or braces that declare it',
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
    'labels + 1': [
      '+ does not add a number to each item of an array; write labels.map(v => v + 1)',
    ],
    'labels + "x"': [],
    'xTrain + xTrain': ['To add tensors, write xTrain.add(xTrain)'],
    'trainX / 255': [
      '/ works on numbers only. For a tensor, write trainX.div(255); for an array, trainX.map(v => v / 255); for loaded pictures, divide(trainX, 255)',
    ],
    '2 - xTrain': [
      '- works on numbers only. For a tensor, write tf.sub(2, xTrain); for an array, xTrain.map(v => 2 - v)',
    ],
    'labels * labels': ['* works on numbers only. For a tensor, write labels.mul(labels)'],
    '"*" + count * 2': [],
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
