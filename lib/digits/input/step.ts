import type * as tf from '@tensorflow/tfjs';
import { text } from '../language';
import { lossOf } from './labels';
import { OptionError } from './options';

/** The model was compiled with another loss. */
export class LossError extends Error {
  override readonly name = 'LossError';
}

/**
 * Checks the size of a step.
 *
 * @throws OptionError where it is no number above 0.
 */
export function checkRate(learningRate: number): void {
  if (Number.isFinite(learningRate) && learningRate > 0) return;
  throw new OptionError(
    text({
      zh: `learningRate 应当是大于 0 的数，收到的是 ${learningRate}。例如写作 0.5。`,
      en: `Expected learningRate to be a number greater than 0 but received ${learningRate}. Write 0.5, for example.`,
    }),
  );
}

/**
 * Checks that the model was compiled with the sparse cross-entropy.
 *
 * @throws LossError that names the loss that it has.
 */
export function checkLoss(model: tf.LayersModel): void {
  const loss = lossOf(model, 0);
  if (loss === 'sparseCategoricalCrossentropy') return;
  const received = typeof loss === 'string' ? loss : typeof loss;
  throw new LossError(
    text({
      zh: `oneStep 只计算稀疏交叉熵的一步，模型的损失却是 ${received}。请用 loss: 'sparseCategoricalCrossentropy' 重新 compile，标签用数字。`,
      en: `Expected a model compiled with sparseCategoricalCrossentropy but its loss is ${received}. Compile it with loss: 'sparseCategoricalCrossentropy', and give digits as labels.`,
    }),
  );
}
