/** Runs the learner's code, waits for the result, and logs calls of TensorFlow.js functions. */
import * as tf from '@tensorflow/tfjs';
import { messages } from '../../language';
import { NoAnswer, WrongAnswer } from './exercise';
import { isBlank, parseCode } from './parse';

/** A function from the learner. Throws NoAnswer if the result is blank. */
export type LearnerFunction = (...inputs: unknown[]) => Promise<unknown>;

/** Seconds without a TensorFlow.js computation until the check gives up on a promise. */
const IDLE_LIMIT = 60;

/**
 * Waits for a promise as long as TensorFlow.js is computing. Returns other values unchanged.
 *
 * @throws WrongAnswer if nothing was computed for one to two minutes and the promise is still pending.
 */
export async function settled(value: unknown): Promise<unknown> {
  if (typeof (value as PromiseLike<unknown> | undefined)?.then !== 'function') return value;
  let timer: ReturnType<typeof setInterval> | undefined;
  let lastId = Number.NaN;
  const idle = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      // Tensor ids are consecutive, so the next id means no new tensors since the last tick.
      const { id } = tf.tidy(() => tf.scalar(0));
      if (id === lastId + 1) reject(new WrongAnswer(messages().exercises.endless(IDLE_LIMIT)));
      lastId = id;
    }, IDLE_LIMIT * 1000);
  });
  try {
    return await Promise.race([value, idle]);
  } finally {
    clearInterval(timer);
  }
}

/** Wraps the learner's function: awaits the result and rejects blank results. */
export function parseFunction(answer: unknown): LearnerFunction {
  const call = parseCode(answer);
  return async (...inputs) => {
    const result = await settled(call(...inputs));
    if (isBlank(result)) throw nothingReturned(result);
    return result;
  };
}

export const nothingReturned = (result: unknown): NoAnswer =>
  new NoAnswer(messages().exercises.answers.nothingReturned(String(result)));

/**
 * Runs `work` and returns the names of the TensorFlow.js functions called meanwhile, such as `softmax`, also when
 * called by methods of tensors or by layers.
 */
export async function opsCalledIn(work: () => Promise<void>): Promise<ReadonlySet<string>> {
  const engine = tf.engine();
  const { startScope } = engine;
  const names = new Set<string>();
  engine.startScope = name => {
    if (name?.endsWith(tf.OP_SCOPE_SUFFIX)) names.add(name.slice(0, -tf.OP_SCOPE_SUFFIX.length));
    startScope.call(engine, name);
  };
  try {
    await work();
    return names;
  } finally {
    Reflect.deleteProperty(engine, 'startScope');
  }
}
