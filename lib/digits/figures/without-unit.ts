import { percent } from '../format';
import { GUESSED } from '../input/given';
import { messages } from '../language';
import type { CostOfUnits } from '../network/cost-of-units';
import { wrapped } from './captioned-grid';
import {
  axisPair,
  bars,
  COLORS,
  type Figure,
  figure,
  headOver,
  requireResult,
  roundedTo,
  signed,
} from './figure';

/** Letters of the head that fit into a line on a phone. */
const LINE = 46;

/**
 * Shows what each of 16 hidden units is worth: a bar for the accuracy that is lost if it is switched off.
 *
 * @param cost what `costOfUnits` returns.
 * @throws TypeError if it is something else.
 * @example
 * withoutUnit(digits.costOfUnits(model, xTest, yTest)).text.split('\n').length; // 19
 */
export function withoutUnit(cost: CostOfUnits): Figure {
  requireResult(cost?.lost, 'costOfUnits', 'withoutUnit');
  const texts = messages().figures.withoutUnit;
  const lost = cost.lost.map(share => roundedTo(1e3)(100 * share));
  const units = [...lost.keys()];
  const words = lost.map((points, unit) => texts.row(unit, texts.lost(points)));
  const head = headOf(cost);
  const lines = wrapped(messages().figures.inOneLine(head), LINE);
  const { top, layout } = headOver(lines, { l: 55, r: 12, b: 55 });
  const colors = lost.map(value => (value > 0 ? COLORS.orange : COLORS.blue));
  return figure(
    [
      {
        ...bars(
          units,
          colors,
          lost.map(value => signed(value)),
        ),
        ...{ orientation: 'h', x: lost, customdata: words },
        hovertemplate: '%{customdata}<extra></extra>',
      },
    ],
    {
      ...layout,
      height: top + 22 * units.length + 55,
      ...axisPair(
        1,
        { title: { text: texts.points }, range: rangeOf(lost), nticks: 6 },
        { title: { text: texts.unit }, autorange: 'reversed', dtick: 1, zeroline: false },
      ),
    },
    [...head, ...words].join('\n'),
  );
}

/** Leaves room for the numbers at the bars, also where all are 0. */
function rangeOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.25 * (high - low || 1);
  return [low < 0 ? low - room : -0.05 * room, high + room];
}

/** Says what all units give, what the dearest is worth, and all of them together. */
function headOf({ accuracy, hidden, lost, together, largestLoss }: CostOfUnits): string[] {
  const texts = messages().figures.withoutUnit;
  const most = Math.max(...lost);
  const without = (share: number) => percent(accuracy - share, 2);
  return [
    texts.whole(hidden, without(0)),
    texts.dearest(lost.indexOf(most), without(most)),
    texts.together(lost.length, without(together)),
    ...(largestLoss < 1 && hidden > lost.length && accuracy >= GUESSED ? [texts.shared] : []),
  ];
}
