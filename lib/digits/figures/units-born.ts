import type { Slider, SliderStep } from 'plotly.js';
import { grouped, percent } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { UnitRecord, UnitSnapshot } from '../network/pixel-weights';
import { wrapped } from './captioned-grid';
import { type Figure, figure, headOver } from './figure';
import { CONTROL, sheetOf } from './sheet';
import { weightPictures } from './unit-weights';

/** So many pictures a row can be read on a phone, and how high a row is, in pixels, as wide as there is room. */
const [COLUMNS, ROW] = [4, 80];
/** Letters of the caption that fit into a line on a phone. */
const LINE = 46;
/** Heights of the colour bar, and of the slider above it, in pixels. */
const [BAR, CONTROLS] = [78, 60];

/**
 * Shows how hidden units come to look for something: the weights of each as a picture, at each step that
 * was recorded. A slider goes through the steps, or a button to the next one, without the kernel and
 * without a script of this project; all steps have the same colours.
 *
 * All steps lie on one sheet, of which the figure shows one, the last at first.
 *
 * @param units what `recordUnits` returned, after `fit` was given it as `callbacks`.
 * @throws RangeError if nothing was recorded.
 * @example
 * const units = recordUnits();
 * await model.fit(xTrain, yTrain, { batchSize: 64, callbacks: units });
 * unitsBorn(units).layout.sliders.length; // 1
 */
export function unitsBorn(units: UnitRecord): Figure {
  const texts = messages().figures.unitsBorn;
  // In a browser no types are checked.
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
  const head = (at: number) => [titleOf(itemAt(snapshots, at)), ...caption];
  const pitch = rows * (height + 2);
  const { changes, range, updatemenus } = sheetOf({
    ...{ parts: snapshots.length, shown: last, pitch, height: pitch - 2 },
    button: { ...NEXT, label: texts.next },
    more: at => ({ 'annotations[0].text': head(at).join('<br>'), 'sliders[0].active': at }),
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
  steps: snapshots.map(({ step }, at): Partial<SliderStep> => {
    return { label: grouped(step), method: 'relayout', args: [changes[at] as never] };
  }) as SliderStep[],
});

/** Says of each step how many weights are as they were at first. */
function linesOf(snapshots: readonly UnitSnapshot[]): string[] {
  const first = itemAt(snapshots, 0).weights;
  return snapshots.map(snapshot => {
    const all = snapshot.weights.flatMap((own, unit) =>
      Array.from(own, (weight, at) => weight === first[unit]?.[at]),
    );
    const unmoved = percent(all.filter(Boolean).length / all.length, 0);
    return messages().figures.unitsBorn.row(titleOf(snapshot), unmoved);
  });
}
