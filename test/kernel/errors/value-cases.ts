import { WAIT } from './hint-words';
import type { Cases } from './name-cases';

/** Cells, and the hints that a learner reads below what TypeScript says of them. */
export const VALUES: Cases = {
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
      'These values are not ready yet (they are Promises). Write await Promise.all(…) to wait for all of them',
    ],
    'const n: number = later': [],
    'const p: Promise<number> = 1': ['Expected Promise<number> here, but received a number'],
    'divide(xTrain, 255)': [
      'Expected ByteArray<[number, number, number]> here, but received a tensor (Tensor3D)',
    ],
    'const g = () => await later()': [
      'A function that uses await must start with async: async (…) => …',
    ],
    'function g() { return await later() }': [
      'A function that uses await must start with async: async function g(…)',
    ],
  },
  'a wrong type': {
    'tf.layers.dense({ units: "10" })': [
      'Expected a number here, but received a string: write units: 10',
    ],
    'tf.layers.dense({ units: "ten" })': ['Expected a number here, but received a string'],
    'parseInt(5)': ['Expected a string here, but received a number: write String(5)'],
    'setLanguage("de")': ['Expected Language here, but received "de"'],
    'await fit(model, xTrain, yTrain, 5)': ['Expected an options object, { … }, but received 5'],
    'model.compile({ optimizer: "adam" })': ['Add loss'],
    'await fit(model, trainX, yTrain)': [
      'Expected Tensors here, but received loaded data (Images): write divide(trainX, 255)',
    ],
    'tf.tensor1d(trainY, "int32")': [
      'Expected TensorLike1D here, but received loaded data (Labels): write trainY.data',
    ],
    'await fit(model, xTrain)': [
      'fit takes 3 to 4 arguments, but received 2. Put the cursor after its name and press Shift + Tab to see them',
    ],
    'setTimeout("a", "b")': ['Expected a function (() => void) here, but received a string'],
    [`let long: ${'abcdefghij'
      .split('')
      .map(letter => `"${letter.repeat(9)}"`)
      .join(' | ')} = 1`]: [
      'Expected "aaaaaaaaa" | "bbbbbbbbb" | "ccccccccc" | "ddddddddd" | … here, but received 1',
    ],
    'const fixed = 1; fixed = 2': ['Declare a value that changes with let: let fixed = …'],
    'xTrain.length': ['For the number of items, write xTrain.shape[0]'],
    'labels.nothing': [],
  },
};
