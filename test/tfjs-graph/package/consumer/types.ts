/** An ordinary program, without casts, under `verbatimModuleSyntax` too. */
import * as tf from '@tensorflow/tfjs';
import {
  type Acceleration,
  accelerate,
  divide,
  GraphFunction,
  InputError,
  NotRecordableError,
  onFallback,
  setAcceleration,
  type TensorFunction,
} from 'tfjs-graph';
import 'tfjs-graph/register';

export async function main(): Promise<number> {
  const which: Acceleration = 'chosen';
  setAcceleration(which);
  const stop: () => void = onFallback((why, { name }) => {
    console.warn(name, why instanceof NotRecordableError ? why.reason : why.message);
  });
  const model: tf.Sequential = accelerate(tf.sequential());
  const x: tf.Tensor2D = divide(
    { data: new Uint8Array(6), shape: [3, 2] as [number, number] },
    255,
  );
  const history: tf.History = await model.fit(x, tf.zeros([3]), { epochs: 2 });
  const [loss] = [model.evaluate(x, tf.zeros([3]))].flat();
  stop();
  const twice: TensorFunction = input => [input.mul(2)];
  try {
    const [out]: (tf.Tensor | undefined)[] = new GraphFunction(twice, [tf.scalar(0)]).scan(x);
    return (loss?.dataSync()[0] ?? 0) + history.epoch.length + (out?.size ?? 0);
  } catch (error) {
    if (error instanceof InputError && error.data.code === 'input-count')
      return error.data.expected;
    throw error;
  }
}

// The types that the package adds to TensorFlow.js's own: here.

// @ts-expect-error: all, chosen or none
export const wrong: Acceleration = 'some';
