import * as tf from '@tensorflow/tfjs';
import mnist, { type Images } from 'mnist-data-loader';

type Formula = (...values: unknown[]) => unknown;

/** Creates answers from the formulas of exercises with tensors or plain values as answers. */
const ADAPTERS: Readonly<Record<string, (formula: Formula) => unknown>> = {
  '2.1': formula => (x: tf.Tensor) => formula(x.arraySync()),
  '3.1': async formula => {
    const [[, train], [, test]] = await mnist.loadData();
    return { counts: formula(train.data, test.data), baseline: 0.11 };
  },
  '4.1': formula => (images: Images) =>
    tf.tensor3d(formula(Array.from(images.data)) as number[], images.shape),
};

/** Makes an answer to an exercise of a formula. */
export const asAnswer = (id: string) => (formula: (...inputs: never[]) => unknown) =>
  ADAPTERS[id]?.(formula as Formula) ?? formula;

/** Stands for whatever a text is given. */
const ANYTHING = { toString: () => '…', valueOf: () => 2, join: () => '…' };

/** Returns a text with dots for the arguments. */
export const wordsOf = (text: unknown): string =>
  typeof text === 'function' ? text(...Array(4).fill(ANYTHING)) : String(text);
