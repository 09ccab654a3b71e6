import type * as tf from '@tensorflow/tfjs';
import { text } from './language';
import { likelyCause } from './not-finite';

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
  x: tf.Tensor,
  optimizer: tf.Optimizer,
): string | undefined {
  const guessing = Math.log(classes);
  if (!(loss > 2 * Math.max(first, guessing))) return undefined;
  const cause = likelyCause({ data: { x }, weightsFinite: true, optimizer });
  const [value, guess] = [loss.toPrecision(3), guessing.toFixed(2)];
  return text({
    zh: `训练没有学到东西：损失 ${value} 比随便猜（ln ${classes} = ${guess}）还大得多。${cause.zh}\n`,
    en: `Training went astray: its loss, ${value}, is far above that of guessing, ln ${classes} = ${guess}. ${cause.en}\n`,
  });
}
