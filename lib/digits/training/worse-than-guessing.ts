import type * as tf from '@tensorflow/tfjs';
import { diagnose } from 'tfjs-graph';
import { causeMessage } from '../device/engine-messages';
import { messages } from '../language';

/**
 * Says what is wrong if the cross-entropy of a training grows far above that of guessing: with the
 * cross-entropy taken from the logits, a much too large learning rate gives enormous losses, not NaN.
 *
 * @param first the loss of the first step.
 * @param loss of the last epoch, the mean of a cross-entropy over samples that count alike.
 * @param classes that are told apart; guessing has a cross-entropy of ln(classes).
 * @returns undefined if there is nothing to say.
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
  const likely = diagnose({ data: { x }, weightsFinite: true, optimizer });
  // A loss that begins so high was made by the first weights, if not by the data.
  const isOfWeights = first > 2 * guessing && likely.code === 'learning-rate' && !likely.range;
  const { training, device } = messages();
  const cause = isOfWeights ? device.cause.firstWeights : causeMessage(likely);
  return training.worseThanGuessing(loss.toPrecision(3), classes, guessing.toFixed(2), cause);
}
