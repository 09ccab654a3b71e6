/** What went wrong with a training, for whoever reads it in a notebook. */
import type * as tf from '@tensorflow/tfjs';
import { likelyCause } from 'tfjs-graph';
import { text } from '../language';
import { causeText, inWords } from './engine-messages';
import { GpuMemoryError, tellsOfTakenMemory } from './gpu-memory';

/**
 * The same error in a learner's words, or a {@link GpuMemoryError} where TensorFlow tells by it that
 * the GPU's memory is taken.
 */
export function explained(error: unknown): unknown {
  const taken = error instanceof Error && tellsOfTakenMemory(error.message);
  return taken ? new GpuMemoryError(error) : inWords(error);
}

/** Runs `work`, whose errors are {@link explained}. */
export async function explaining<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}

/**
 * What to say of a training whose cross-entropy grows far above that of guessing: with the cross-entropy
 * taken from the logits, a much too large learning rate gives enormous losses rather than NaN.
 *
 * @param first the loss of the first step.
 * @param loss of the last epoch, the mean of a cross-entropy over samples that count alike.
 * @param classes that are told apart; guessing has a cross-entropy of ln(classes).
 * @returns undefined where there is nothing to say.
 */
export function worseThanGuessing(
  first: number,
  loss: number,
  classes: number,
  x: tf.Tensor | undefined,
  optimizer: tf.Optimizer,
): string | undefined {
  const guessing = Math.log(classes);
  if (!(loss > 2 * Math.max(first, guessing))) return undefined;
  const likely = likelyCause({ data: { x }, weightsFinite: true, optimizer });
  // A loss that begins so high was made by the first weights, if not by the data.
  const isOfWeights = first > 2 * guessing && likely.code === 'learning-rate' && !likely.range;
  const cause = isOfWeights ? FIRST_WEIGHTS : causeText(likely);
  const [value, guess] = [loss.toPrecision(3), guessing.toFixed(2)];
  return text({
    zh: `训练没有学到东西：损失 ${value} 比随便猜（ln ${classes} = ${guess}）还大得多。${cause.zh}\n`,
    en: `Training has learnt nothing: its loss, ${value}, is far above that of guessing, ln ${classes} = ${guess}. ${cause.en}\n`,
  });
}

const FIRST_WEIGHTS = {
  zh: '第一步的损失就已经很大，多半是初始权重太大（kernelInitializer），而不是学习率。请用通常的初始权重重新搭建模型。',
  en: 'The loss was large from the first step on, so that the first weights are most likely too large (kernelInitializer), rather than the learning rate. Build the model again with the usual ones.',
};
