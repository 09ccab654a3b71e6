import type { Annotations } from 'plotly.js';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { OneStep } from '../network/one-step';
import { type Figure, figure, inPlot, note } from './figure';
import { PARTS, type Part } from './step-parts';

const MARGIN = { l: 62, r: 18, t: 4, b: 4 };
const LINE = 18;
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
  if (!step?.picture?.probabilities) throw new TypeError(texts.noStep);
  const shown = PARTS.filter((_, i) => parts.includes(i + 1)).map(part => part(step));
  if (shown.length === 0) throw new RangeError(texts.noPart(JSON.stringify(parts)));
  const head = ({ heading, over = 0 }: Part) => LINE * heading.length + over + 14;
  const heights = shown.map(part => head(part) + part.height + part.under);
  const inner = heights.reduce((sum, height) => sum + height, 0);
  const tops = heights.map((_, i) => heights.slice(0, i).reduce((sum, height) => sum + height, 0));
  // Plotly counts from the bottom.
  const share = (fromTop: number) => 1 - fromTop / inner;
  return figure(
    shown.flatMap(({ traces }) => traces),
    {
      height: inner + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      bargap: 0.25,
      showlegend: false,
      ...Object.assign(
        {},
        ...shown.map((part, i) => {
          const top = itemAt(tops, i) + head(part);
          return part.axes([share(top + part.height), share(top)]);
        }),
      ),
      annotations: shown.flatMap((part, i) => [
        heading(part, share(itemAt(tops, i))),
        ...(part.notes ?? []),
      ]),
    },
    [
      texts.title,
      ...shown.map(part => messages().figures.inOneLine(part.heading)),
      ...shown.flatMap(({ words }) => words ?? []),
    ].join('\n'),
  );
}

const heading = ({ heading }: Part, y: number): Partial<Annotations> =>
  note(heading.join('<br>'), {
    ...{ ...inPlot(0, 'left', y, 'top'), xshift: 8 - MARGIN.l, align: 'left' },
  });
