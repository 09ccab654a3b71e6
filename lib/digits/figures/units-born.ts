import type { Slider, SliderStep, UpdateMenu } from 'plotly.js';
import { grouped, percent } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { UnitRecord, UnitSnapshot } from '../network/pixel-weights';
import { wrapped } from './captioned-grid';
import { COLORS, type Figure, figure, headOver } from './figure';
import { weightPictures } from './weight-pictures';

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
 * await fit(model, xTrain, yTrain, { batchSize: 64, callbacks: units });
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
  const changes = snapshots.map((_, at): Change => {
    const top = at * rows * (height + 2);
    const next = (at + 1) % snapshots.length;
    return {
      'yaxis.range': [top + rows * (height + 2) - 2, top],
      'annotations[0].text': head(at).join('<br>'),
      'sliders[0].active': at,
      ...Object.fromEntries(snapshots.map((_, i) => [`updatemenus[${i}].visible`, i === next])),
    };
  });
  const margin = { l: 10, r: 10, b: 10 };
  const { top, layout } = headOver(head(last), margin, BAR + CONTROLS);
  return figure(
    data,
    {
      ...axes,
      ...layout,
      yaxis: { ...axes.yaxis, range: itemAt(changes, last)['yaxis.range'] },
      height: top + ROW * rows + 10,
      sliders: [sliderOf(snapshots, changes)],
      updatemenus: changes.map((change, at) => buttonTo(change, at === 0)),
    },
    [texts.words(count, `${height} × ${width}`), ...linesOf(snapshots), texts.caption].join('\n'),
  );
}

/** What moves the sheet, and all that depends on it. */
type Change = Readonly<Record<string, unknown>> & { readonly 'yaxis.range': number[] };

const titleOf = ({ step, loss }: UnitSnapshot): string => {
  const { step: words, stepWithLoss } = messages().figures.unitsBorn;
  return loss === undefined ? words(grouped(step)) : stepWithLoss(grouped(step), loss.toFixed(2));
};

const LOOK = { bgcolor: '#eef6fb', bordercolor: COLORS.blue, y: 1, yanchor: 'bottom' } as const;

const sliderOf = (
  snapshots: readonly UnitSnapshot[],
  changes: readonly Change[],
): Partial<Slider> => ({
  ...{ ...LOOK, active: snapshots.length - 1, currentvalue: { visible: false } },
  ...{ x: 0.34, len: 0.64, pad: { b: BAR + 4 } },
  steps: snapshots.map(({ step }, at): Partial<SliderStep> => {
    return { label: grouped(step), method: 'relayout', args: [changes[at] as never] };
  }) as SliderStep[],
});

/** Makes the button that goes to a step: a keyboard reaches buttons, where a page helps it, and no sliders. */
const buttonTo = (change: Change, visible: boolean): Partial<UpdateMenu> => ({
  ...{ ...LOOK, type: 'buttons', visible, showactive: false },
  ...{ x: 0, xanchor: 'left', pad: { b: BAR + 12 } },
  buttons: [
    { label: messages().figures.unitsBorn.next, method: 'relayout', args: [change as never] },
  ],
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
