import type * as tf from '@tensorflow/tfjs';
import { percent } from '../format';
import type { Given } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { type CostOfUnits, costOfUnits } from '../network/cost-of-units';
import { wrapped } from './captioned-grid';
import {
  above,
  atEdge,
  axisPair,
  bars,
  COLORS,
  type Figure,
  figure,
  note,
  ON_TOP,
  roundedTo,
  signed,
} from './figure';

/** Letters of the head that fit into a line on a phone. */
const LINE = 46;
/** Where a unit costs less than so many percentage points, the others have its work. */
const LITTLE = 2;

/**
 * Shows what each of 16 hidden units is worth: a bar for the accuracy that is lost if it is switched off;
 * the words, and those at the pointer, name the digit that suffers most.
 *
 * @param model Sequential, as in stage 5: a dense layer on the pixels, and a later layer.
 * @param x pictures, float32, `[samples, height, width]`.
 * @param y the digit of each, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @throws RangeError as {@link costOfUnits}.
 * @example
 * withoutUnit(model, xTest, yTest).text.split('\n').length; // 20
 */
export function withoutUnit(model: tf.LayersModel, x: tf.Tensor, y: Given): Figure {
  return drawCost(costOfUnits(model, x, y));
}

/** Draws what was measured. */
export function drawCost(cost: CostOfUnits): Figure {
  const texts = messages().figures.withoutUnit;
  const units = cost.units.map((_, unit) => unit);
  const lost = cost.units.map(unit => points(unit.lost));
  const [head, words] = [headOf(cost), units.map(unit => rowOf(cost, unit))];
  const lines = wrapped(messages().figures.inOneLine(head), LINE);
  const colors = lost.map(value => (value > 0 ? COLORS.orange : COLORS.blue));
  const top = 16 + 18 * lines.length;
  return figure(
    [
      {
        ...{ ...bars(1, units, colors), orientation: 'h', x: lost, customdata: words },
        ...above(lost.map(value => signed(value))),
        hovertemplate: '%{customdata}<extra></extra>',
      },
    ],
    {
      height: top + 22 * units.length + 55,
      margin: { l: 55, r: 12, t: top, b: 55 },
      ...axisPair(
        1,
        { title: { text: texts.points }, range: rangeOf(lost), nticks: 6 },
        { title: { text: texts.unit }, autorange: 'reversed', dtick: 1, zeroline: false },
      ),
      annotations: [
        note(lines.join('<br>'), { ...atEdge('left'), ...ON_TOP, xshift: -45, align: 'left' }),
      ],
    },
    [...head, ...words].join('\n'),
  );
}

const points = (share: number): number => roundedTo(1e3)(100 * share);

/** Leaves room for the numbers at the bars, also where all are 0. */
function rangeOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.25 * (high - low || 1);
  return [low < 0 ? low - room : -0.05 * room, high + room];
}

/** Says what all units give, what the dearest is worth, and all of them together. */
function headOf({ accuracy, hidden, units, together, largestLoss }: CostOfUnits): string[] {
  const texts = messages().figures.withoutUnit;
  const dearest = units.findIndex(({ lost }) => 100 * lost === largestLoss);
  const [whole, least, none] = [0, largestLoss / 100, together.lost].map(lost =>
    percent(accuracy - lost, 2),
  ) as [string, string, string];
  return [
    texts.whole(hidden, whole),
    texts.dearest(dearest, least),
    texts.together(units.length, none),
    ...(largestLoss < LITTLE && hidden > units.length ? [texts.shared] : []),
  ];
}

/** Says of a unit what it costs, and the digit that suffers most. */
function rowOf({ units }: CostOfUnits, unit: number): string {
  const { lost, byDigit } = itemAt(units, unit);
  const worst = Math.max(...byDigit);
  const texts = messages().figures.withoutUnit;
  const [all, most] = [lost, worst].map(share => texts.lost(points(share))) as [string, string];
  return texts.row(unit, all, byDigit.indexOf(worst), most);
}
