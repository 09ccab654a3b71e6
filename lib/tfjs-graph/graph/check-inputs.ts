import type * as tf from '@tensorflow/tfjs';
import { type Text, text } from 'digits/language';

/** Shape and type of an input. */
export type InputKind = Pick<tf.TensorInfo, 'shape' | 'dtype'>;

/**
 * Makes sure that there is an input for each that is expected, of its shape and type.
 *
 * @param stacked whether each input holds one for each run, `[runs, ...shape]`.
 * @throws RangeError that says what was expected and what came.
 */
export function checkInputs(
  expected: readonly InputKind[],
  inputs: readonly InputKind[],
  stacked: boolean,
): void {
  if (inputs.length !== expected.length) {
    throw new RangeError(text(otherCount(expected.length, inputs.length)));
  }
  inputs.forEach((input, i) => {
    const { shape, dtype } = expected[i] as InputKind;
    const own = stacked ? input.shape.slice(1) : input.shape;
    const rank = stacked ? shape.length + 1 : shape.length;
    const isSame = input.shape.length === rank && String(own) === String(shape);
    if (isSame && input.dtype === dtype) return;
    const sizes = stacked ? ['runs', ...shape] : shape;
    throw new RangeError(
      text(otherKind(i + 1, kindText(dtype, sizes), kindText(input.dtype, input.shape))),
    );
  });
  const runs = inputs.map(({ shape }) => shape[0]);
  if (stacked && new Set(runs).size > 1) throw new RangeError(text(otherRuns(runs.join(', '))));
}

const kindText = (dtype: tf.DataType, sizes: readonly unknown[]) =>
  `${dtype} [${sizes.join(', ')}]`;

const otherCount = (expected: number, received: number): Text => ({
  zh: `应当有 ${expected} 个输入，与记录时的示例一一对应，收到的是 ${received} 个。`,
  en: `Expected ${expected} inputs, one for each example, but received ${received}.`,
});

const otherKind = (place: number, expected: string, received: string): Text => ({
  zh: `第 ${place} 个输入应当是 ${expected}，如同它的示例，收到的是 ${received}。`,
  en: `Expected input ${place} to be ${expected}, like its example, but received ${received}.`,
});

const otherRuns = (runs: string): Text => ({
  zh: `各个输入的第一个轴应当一样长，每次运行取其中一份，收到的长度是 ${runs}。`,
  en: `Expected inputs with first axes of one length, a slice for each run, but received ${runs}.`,
});
