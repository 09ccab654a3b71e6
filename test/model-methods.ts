/**
 * Gives the models of the engine's tests TensorFlow.js's own methods, and those of the other tests the methods of
 * digits: all tests share a process, where one may import digits, or another copy of it.
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
      // Before the hooks of the suite itself, which may train.
      const { _beforeAll: hooks } = suite as unknown as { _beforeAll: Mocha.Hook[] };
      hooks.unshift(...hooks.splice(-1));
    }
  },
};
