import type { Slider, SliderStep } from 'plotly.js';
import { grouped, percent } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { UnitRecord, UnitSnapshot } from '../network/pixel-weights';
import { wrapped } from './captioned-grid';
import { type Figure, figure } from './figure';
import { headOver } from './notes';
import { CONTROL, sheetOf } from './sheet';
import { weightPictures } from './unit-weights';

/** Maximum pictures per row on a phone, and the height of a row in pixels, as wide as space permits. */
const [COLUMNS, ROW] = [4, 80];
/** Letters per caption line on a phone. */
const LINE = 46;
/** Heights of the colour bar, and of the slider above it, in pixels. */
const [BAR, CONTROLS] = [78, 60];

/**
 * Shows the development of the hidden units: the weights of each unit as a picture, at each recorded step. A
 * slider selects the step, and a button the next step, without the kernel and without a script of this project.
 * All steps use the same colour scale.
 *
 * All steps are on a tall sheet; the figure shows one at a time, at first the last.
 *
 * @param units result of `recordUnits`, after it was a callback of `fit`.
 * @throws RangeError if nothing was recorded.
 * @example
 * const units = recordUnits();
 * await model.fit(xTrain, yTrain, { batchSize: 64, callbacks: units });
 * unitsBorn(units).layout.sliders.length; // 1
 */
export function unitsBorn(units: UnitRecord): Figure {
  const texts = messages().figures.unitsBorn;
  // Browsers do not check types.
  if (!units?.snapshots?.length) throw new RangeError(texts.nothing);
  const { size, snapshots } = units;
  const [height, width] = size;
  const count = itemAt(snapshots, 0).weights.length;
  const columns = Math.min(COLUMNS, count);
  const rows = Math.ceil(count / columns);
  const sheet = snapshots.map(({ weights }) => weights);
  const { data, axes } = weightPictures(sheet, size, columns);
  const caption = wrapped(texts.caption, LINE);
  const last = snapshots.length - 1;
  const head = (index: number) => [titleOf(itemAt(snapshots, index)), ...caption];
  const pitch = rows * (height + 2);
  const { changes, range, updatemenus } = sheetOf({
    ...{ parts: snapshots.length, shown: last, pitch, height: pitch - 2 },
    button: { ...NEXT, label: texts.next },
    more: i => ({ 'annotations[0].text': head(i).join('<br>'), 'sliders[0].active': i }),
  });
  const margin = { l: 10, r: 10, b: 10 };
  const { top, layout } = headOver(head(last), margin, BAR + CONTROLS);
  return figure(
    data,
    {
      ...axes,
      ...layout,
      yaxis: { ...axes.yaxis, range },
      height: top + ROW * rows + 10,
      sliders: [sliderOf(snapshots, changes)],
      updatemenus,
    },
    [texts.words(count, `${height} × ${width}`), ...linesOf(snapshots), texts.caption].join('\n'),
  );
}

const titleOf = ({ step, loss }: UnitSnapshot): string => {
  const { step: words, stepWithLoss } = messages().figures.unitsBorn;
  return loss === undefined ? words(grouped(step)) : stepWithLoss(grouped(step), loss.toFixed(2));
};

const ABOVE = { y: 1, yanchor: 'bottom' } as const;
const NEXT = { ...ABOVE, x: 0, xanchor: 'left', pad: { b: BAR + 12 } } as const;

const sliderOf = (
  snapshots: readonly UnitSnapshot[],
  changes: readonly object[],
): Partial<Slider> => ({
  ...{ ...CONTROL, ...ABOVE, active: snapshots.length - 1, currentvalue: { visible: false } },
  ...{ x: 0.34, len: 0.64, pad: { b: BAR + 4 } },
  steps: snapshots.map(({ step }, index): Partial<SliderStep> => {
    return { label: grouped(step), method: 'relayout', args: [changes[index] as never] };
  }) as SliderStep[],
});

/** Describes for each step the number of unchanged weights. */
function linesOf(snapshots: readonly UnitSnapshot[]): string[] {
  const first = itemAt(snapshots, 0).weights;
  return snapshots.map(snapshot => {
    const all = snapshot.weights.flatMap((unitWeights, unit) =>
      Array.from(unitWeights, (weight, index) => weight === first[unit]?.[index]),
    );
    const unmoved = percent(all.filter(Boolean).length / all.length, 0);
    return messages().figures.unitsBorn.row(titleOf(snapshot), unmoved);
  });
}
