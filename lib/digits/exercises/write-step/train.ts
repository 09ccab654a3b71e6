/** Trains a network without hidden layer by a step that somebody wrote. */
import * as tf from '@tensorflow/tfjs';
import { loadData } from 'mnist-data-loader';
import { divide } from 'tfjs-graph';
import { itemAt } from '../../item-at';
import { loadDigits } from '../judging/sets';

type Pair = [W: tf.Tensor, b: tf.Tensor];

const [STEPS, SIZE, RATE] = [750, 64, 0.2];

/**
 * Takes 750 steps with 64 pictures each, from weights of 0.
 *
 * @param step gets x, labels, W, b and the learning rate, and returns the new W and b.
 * @returns what share of the test digits is recognised after 1, 10 and all steps, and how many tensors
 * a step leaves in memory.
 */
export async function trainBy(
  step: (...given: unknown[]) => Promise<unknown>,
): Promise<{ accuracies: number[]; kept: number }> {
  const [[images, labels]] = await loadData();
  const [test, digits] = await loadDigits('test', 10_000);
  const accuracies: number[] = [];
  let kept = 0;
  let pair = tf.tidy(() =>
    [[784, 10], [10]].map(shape => tf.variable(tf.zeros(shape))),
  ) as unknown as Pair;
  try {
    for (let i = 0; i < STEPS; i++) {
      const x = tf.tidy(() => divide(images.slice(i * SIZE, SIZE), 255).reshape([SIZE, 784]));
      const y = tf.tensor1d(labels.slice(i * SIZE, SIZE).data, 'int32');
      const last = pair;
      const before = tf.memory().numTensors;
      // What the step leaves is freed behind it.
      tf.engine().startScope();
      try {
        pair = (await step(x, y, ...last, RATE)) as Pair;
        kept = tf.memory().numTensors - before - pair.filter(each => !last.includes(each)).length;
      } finally {
        tf.engine().endScope(pair);
      }
      tf.dispose([x, y, ...last.filter(each => !pair.includes(each))]);
      if ([1, 10, STEPS].includes(i + 1)) accuracies.push(accuracyOf(pair, test, digits));
    }
  } finally {
    tf.dispose([test, pair]);
  }
  return { accuracies, kept };
}

const accuracyOf = ([W, b]: Pair, test: tf.Tensor, digits: Uint8Array): number =>
  tf.tidy(() => {
    const answers = test.reshape([-1, 784]).matMul(W).add(b).argMax(1);
    return itemAt(answers.equal(tf.tensor1d(digits, 'int32')).mean().dataSync(), 0);
  });
