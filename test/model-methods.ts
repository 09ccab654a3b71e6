/**
 * Gives models TensorFlow.js's methods in the engine's tests, and the methods of
 * digits in other tests: all tests share a process, where a test may import digits, or another copy of digits.
 */
import { sep } from 'node:path';

const STOCK_METHODS = Symbol.for('digits.stock-methods');
const ENGINE = `${sep}test${sep}tfjs-graph${sep}`;
const DIGITS = `${sep}test${sep}digits${sep}`;

async function restoreStock(): Promise<void> {
  const { LayersModel } = await import('@tensorflow/tfjs');
  const prototype = LayersModel.prototype as unknown as Record<symbol, object>;
  Object.assign(prototype, prototype[STOCK_METHODS]);
}

async function replaceMethods(): Promise<void> {
  const methods = await import('../lib/digits/training/methods');
  methods.replaceMethods();
}

export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    for (const suite of this.test?.parent?.suites ?? []) {
      const hook = suite.file?.includes(ENGINE)
        ? restoreStock
        : suite.file?.includes(DIGITS) && replaceMethods;
      if (!hook) continue;
      suite.beforeAll(hook);
      // Before the suite's hooks, because hooks may train.
      const { _beforeAll: hooks } = suite as unknown as { _beforeAll: Mocha.Hook[] };
      hooks.unshift(...hooks.splice(-1));
    }
  },
};
