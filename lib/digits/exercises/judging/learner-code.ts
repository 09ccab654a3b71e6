/** Runs the learner's code and waits for its result. */
import * as tf from '@tensorflow/tfjs';
import { messages } from '../../language';
import { isBlank, NoAnswer, parseCode, WrongAnswer } from './exercise';

/** Seconds after which what neither settles nor computes anything is given up. */
const IDLE_LIMIT = 60;

/**
 * Waits for what a promise brings, as long as TensorFlow goes on computing.
 *
 * @throws WrongAnswer if it is still to come after a minute, or two, in which nothing was computed.
 */
export async function settled(given: unknown): Promise<unknown> {
  if (typeof (given as PromiseLike<unknown> | undefined)?.then !== 'function') return given;
  let timer: ReturnType<typeof setInterval> | undefined;
  let seen = Number.NaN;
  const idle = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      // Tensors are numbered: the one after that of the last look tells that none was made between.
      const { id } = tf.tidy(() => tf.scalar(0));
      if (id === seen + 1) reject(new WrongAnswer(messages().exercises.endless(IDLE_LIMIT)));
      seen = id;
    }, IDLE_LIMIT * 1000);
  });
  try {
    return await Promise.race([given, idle]);
  } finally {
    clearInterval(timer);
  }
}

/** Takes the learner's function. What it returns is awaited, and must say something. */
export function parseFunction(answer: unknown): (...given: unknown[]) => Promise<unknown> {
  const call = parseCode(answer);
  return async (...values) => {
    const result = await settled(call(...values));
    if (isBlank(result)) throw nothingReturned(result);
    return result;
  };
}

export const nothingReturned = (result: unknown): NoAnswer =>
  new NoAnswer(messages().exercises.answers.nothingReturned(String(result)));
