import { messages } from '../language';
import type { OneStep } from '../network/one-step';
import { type Figure, requireResult } from './figure';
import { stack } from './stack';
import { PARTS } from './step-parts';

/**
 * Shows one step of learning: the probabilities of a picture beside its label, their difference, which
 * is the gradient of the logits, the loss along one weight as a valley, and the step of all parameters
 * with the loss before and after.
 *
 * @param step what `oneStep` returns.
 * @param options.parts which of these to show, 1 to 4; defaults to all.
 * @throws TypeError if `step` is something else.
 * @throws RangeError if `parts` names none.
 * @example
 * const step = digits.oneStep(model, xTrain.slice(0, 64), yTrain.slice(0, 64));
 * figures.oneStep(step).data.length; // 9
 * figures.oneStep(step, { parts: [1, 2] }).data.length; // 4
 */
export function oneStep(
  step: OneStep,
  { parts = [1, 2, 3, 4] }: { readonly parts?: readonly number[] } = {},
): Figure {
  const texts = messages().figures.oneStep;
  requireResult(step?.picture, 'oneStep');
  const shown = PARTS.filter((_, i) => parts.includes(i + 1)).map(part => part(step));
  if (shown.length === 0) throw new RangeError(texts.noPart(JSON.stringify(parts)));
  return stack(
    shown,
    { l: 62, shift: -54, bargap: 0.25 },
    [
      texts.title,
      ...shown.map(({ heads: [lines] }) => messages().figures.inOneLine(lines)),
      ...shown.flatMap(({ words }) => words ?? []),
    ].join('\n'),
  );
}
