import type { Layout, Slider, SliderStep, UpdateMenu } from 'plotly.js';
import { grouped, percent } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { UnitRecord, UnitSnapshot } from '../network/unit-record';
import { wrapped } from './captioned-grid';
import { atEdge, COLORS, type Figure, figure, note, ON_TOP, signed } from './figure';
import { columnsFor, limitOf, weightPictures } from './weight-pictures';

/** So many pictures a row can be read on a phone, 390 pixels wide, and fill a wide page. */
const COLUMNS = 8;
/** Letters of the caption that fit into a line on a phone. */
const LINE = 56;
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
export function unitsBorn({ size, snapshots }: UnitRecord): Figure {
  const texts = messages().figures.unitsBorn;
  if (!snapshots?.length) throw new RangeError(texts.nothing);
  const [height] = size;
  const count = itemAt(snapshots, 0).weights.length;
  const columns = columnsFor(count, COLUMNS);
  const rows = Math.ceil(count / columns);
  // Each step begins a row of its own.
  const blank = new Float32Array(size[0] * size[1]);
  const places = Array.from({ length: rows * columns }, (_, unit) => unit);
  const { data, axes } = weightPictures(
    snapshots.flatMap(({ weights }) => places.map(unit => weights[unit] ?? blank)),
    size,
    columns,
    {
      limit: limitOf(snapshots.flatMap(({ weights }) => weights.flatMap(own => Array.from(own)))),
      title: messages().figures.unitWeights.weight,
      hover: messages().figures.unitWeights.unit,
    },
    snapshots.flatMap(() => places.map(unit => (unit < count ? String(unit) : ''))),
  );
  const caption = wrapped(texts.caption, LINE);
  const last = snapshots.length - 1;
  const head = (at: number) =>
    `<b>${titleOf(itemAt(snapshots, at))}</b><br>${caption.join('<br>')}`;
  const changes = snapshots.map((_, at): Change => {
    const top = at * rows * (height + 2);
    const next = (at + 1) % snapshots.length;
    return {
      'yaxis.range': [top + rows * (height + 2) - 2, top],
      'annotations[0].text': head(at),
      'sliders[0].active': at,
      ...Object.fromEntries(snapshots.map((_, i) => [`updatemenus[${i}].visible`, i === next])),
    };
  });
  const top = 26 + 18 * caption.length + BAR + CONTROLS;
  return figure(
    data,
    {
      ...axes,
      yaxis: { ...axes.yaxis, range: itemAt(changes, last)['yaxis.range'] },
      height: top + 100 * rows + 10,
      margin: { l: 10, r: 10, t: top, b: 10 },
      annotations: [
        note(head(last), { ...atEdge('left'), ...ON_TOP, yshift: BAR + CONTROLS, align: 'left' }),
      ],
      sliders: [sliderOf(snapshots, changes)],
      updatemenus: changes.map((change, at) => buttonTo(change, at === 0)),
    },
    [
      texts.words(count, `${size[0]} × ${size[1]}`),
      ...linesOf(snapshots, size),
      texts.caption,
    ].join('\n'),
  );
}

/** What moves the sheet, and all that depends on it. */
type Change = Readonly<Record<string, unknown>> & { readonly 'yaxis.range': number[] };

const titleOf = ({ step, loss }: UnitSnapshot): string => {
  const { step: words, stepWithLoss } = messages().figures.unitsBorn;
  return loss === undefined ? words(grouped(step)) : stepWithLoss(grouped(step), loss.toFixed(2));
};

const sliderOf = (
  snapshots: readonly UnitSnapshot[],
  changes: readonly Change[],
): Partial<Slider> => ({
  active: snapshots.length - 1,
  currentvalue: { visible: false },
  ...{ x: 0.34, len: 0.64, y: 1, yanchor: 'bottom', pad: { b: BAR + 4 } },
  bgcolor: '#eef6fb',
  bordercolor: COLORS.blue,
  steps: snapshots.map(({ step }, at): Partial<SliderStep> => {
    return { label: grouped(step), method: 'relayout', args: [changes[at] as never] };
  }) as SliderStep[],
});

/** Makes the button that goes to a step: a keyboard reaches buttons, where a page helps it, and no sliders. */
const buttonTo = (change: Change, visible: boolean): Partial<UpdateMenu> => ({
  ...{ type: 'buttons', visible, showactive: false },
  ...{ x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', pad: { b: BAR + 12 } },
  bgcolor: '#eef6fb',
  bordercolor: COLORS.blue,
  buttons: [
    {
      label: messages().figures.unitsBorn.next,
      method: 'relayout',
      args: [change as Partial<Layout>],
    },
  ],
});

/** Says of each step how alike neighbouring weights are, and how many are as they were at first. */
function linesOf(snapshots: readonly UnitSnapshot[], size: UnitRecord['size']): string[] {
  const first = itemAt(snapshots, 0).weights;
  const { row } = messages().figures.unitsBorn;
  return snapshots.map(snapshot => {
    const [inside, rim] = likeness(snapshot.weights, size);
    const all = snapshot.weights.flatMap((own, unit) =>
      Array.from(own, (weight, at) => weight === first[unit]?.[at]),
    );
    const unmoved = all.filter(Boolean).length / all.length;
    return row(titleOf(snapshot), signed(inside), signed(rim), percent(unmoved, 0));
  });
}

/** Correlates weights with their right-hand neighbours, away from the edge of the picture and at it. */
function likeness(weights: readonly Float32Array[], [height, width]: UnitRecord['size']) {
  const [inside, rim] = [true, false].map(isInside => {
    let [products, squares] = [0, 0];
    for (const own of weights) {
      own.forEach((weight, at) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        const next = own[at + 1] ?? 0;
        const toEdge = Math.min(x, y, width - 2 - x, height - 1 - y);
        if (toEdge < 0 || toEdge > 0 !== isInside) return;
        products += weight * next;
        squares += (weight ** 2 + next ** 2) / 2;
      });
    }
    return products / (squares || 1);
  }) as [number, number];
  return [inside, rim] as const;
}
