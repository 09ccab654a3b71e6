import { LINE, NOT_THERE, PYTHON } from './hint-words';
import type { Cases } from './name-cases';

/** Cells, and the hints that a learner reads below what TypeScript says of them. */
export const PYTHON_LINES: Cases = {
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
        'labels.slice(1, 3) (for an array) or labels.slice(1, 2) (for a tensor or loaded data: where to start, how many)',
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
};
