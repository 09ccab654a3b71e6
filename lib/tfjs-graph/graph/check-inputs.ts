import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { InputError } from '../errors';

/** Shape and type of an input. */
export type InputKind = Pick<tf.TensorInfo, 'shape' | 'dtype'>;

/**
 * Makes sure that there is an input for each that is expected, of its shape and type.
 *
 * @param stacked whether each input holds one for each run, `[runs, ...shape]`.
 * @throws InputError that says what was expected and what came.
 */
export function checkInputs(
  expected: readonly InputKind[],
  inputs: readonly InputKind[],
  stacked: boolean,
): void {
  if (inputs.length !== expected.length) {
    throw new InputError({
      code: 'input-count',
      expected: expected.length,
      received: inputs.length,
    });
  }
  inputs.forEach((input, i) => {
    const { shape, dtype } = at(expected, i);
    const own = stacked ? input.shape.slice(1) : input.shape;
    const rank = stacked ? shape.length + 1 : shape.length;
    const isSame = input.shape.length === rank && String(own) === String(shape);
    if (isSame && input.dtype === dtype) return;
    throw new InputError({
      code: 'input-kind',
      place: i + 1,
      expected: kindText(dtype, stacked ? ['runs', ...shape] : shape),
      received: kindText(input.dtype, input.shape),
    });
  });
  const runs = inputs.map(({ shape }) => shape[0] ?? 0);
  if (stacked && new Set(runs).size > 1) {
    throw new InputError({ code: 'input-runs', received: runs });
  }
}

const kindText = (dtype: tf.DataType, sizes: readonly unknown[]) =>
  `${dtype} [${sizes.join(', ')}]`;
