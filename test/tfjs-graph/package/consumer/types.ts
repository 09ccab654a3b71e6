/** Uses the types that the package promises, under `verbatimModuleSyntax` too. */
import * as tf from '@tensorflow/tfjs';
import {
  divide,
  evaluate,
  type FitOptions,
  fit,
  GraphFunction,
  InputError,
  NotFiniteError,
  type TensorFunction,
} from 'tfjs-graph';

export async function main(): Promise<number> {
  const model: tf.Sequential = tf.sequential();
  const options: FitOptions = { epochs: 2, onFallback: why => why.reason.length };
  const x: tf.Tensor2D = divide(
    { data: new Uint8Array(6), shape: [3, 2] as [number, number] },
    255,
  );
  const history: tf.History = await fit(model, x, tf.zeros([3]), options);
  const [loss = 0]: readonly number[] = await evaluate(model, x, tf.zeros([3]));
  const twice: TensorFunction = input => [input.mul(2)];
  try {
    const [out]: (tf.Tensor | undefined)[] = new GraphFunction(twice, [tf.scalar(0)]).scan(x);
    return loss + history.epoch.length + (out?.size ?? 0);
  } catch (error) {
    if (error instanceof InputError && error.data.code === 'input-count')
      return error.data.expected;
    if (error instanceof NotFiniteError) return error.history?.epoch.length ?? 0;
    throw error;
  }
}

// @ts-expect-error: a number of epochs
export const wrong: FitOptions = { epochs: 'two' };
