import * as tf from '@tensorflow/tfjs';
import { Mistake } from './exercise';

/** Seconds after which what neither settles nor computes anything is given up. */
const PATIENCE = 60;

/**
 * Waits for what a promise brings, as long as TensorFlow goes on computing.
 *
 * @throws Mistake if it is still to come after a minute, or two, in which nothing was computed.
 */
export async function settled(given: unknown): Promise<unknown> {
  if (typeof (given as PromiseLike<unknown> | undefined)?.then !== 'function') return given;
  let timer: ReturnType<typeof setInterval> | undefined;
  let seen = Number.NaN;
  const idle = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      // Tensors are numbered: the one after that of the last look tells that none was made between.
      const { id } = tf.tidy(() => tf.scalar(0));
      if (id === seen + 1) reject(new Mistake(ENDLESS));
      seen = id;
    }, PATIENCE * 1000);
  });
  try {
    return await Promise.race([given, idle]);
  } finally {
    clearInterval(timer);
  }
}

const ENDLESS = {
  zh: `等了 ${PATIENCE} 秒，您的代码既没有结束，也没有再计算什么：它等的 Promise 一直没有结果。是不是忘了调用 resolve？`,
  en: `For ${PATIENCE} seconds your code has neither ended nor computed anything: a Promise that it waits for never settles. Is a call of resolve missing?`,
};
