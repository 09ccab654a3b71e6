import type { Annotations, Layout, UpdateMenu } from 'plotly.js';
import { itemAt } from '../item-at';
import { text } from '../language';
import { captionHeight } from './captioned';
import { checkCounts, classNumbers } from './classes';
import { type Figure, figure, figureTitle, titleHeight } from './figure';
import type { Given } from './given';
import { picturesOf, pixelsOf } from './pictures';
import { sheet, sheetAxes, sheetTrace } from './sheet';

/** Digits a draw. */
const SHOWN = 4;
/** Pixels between the digits of a draw, and between draws. */
const GAP = 10;

const CAPTION = { size: 16, lines: 2 } as const;

/** Options of {@link redrawDigits}. */
export interface RedrawOptions {
  /** How many draws the button goes through before it begins again; defaults to 12. */
  readonly draws?: number;
  /** Returns a new number in [0, 1) at each call; defaults to `Math.random`. */
  readonly random?: () => number;
}

/**
 * Shows four digits at random, each with its label over the prediction, and a button that shows four
 * others, without the kernel and without a script of this project.
 *
 * All draws lie on one sheet, of which the figure shows one. Each draw has a button of its own, and
 * one button is visible at a time: it moves the sheet on and makes way for the next.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each, 0 to 9, as loaded or as a tensor or list, `[n]`.
 * @param predictions the digit that the network takes each for, such as `probabilities.argMax(1)`.
 * @throws TypeError where one of them is missing or no numbers.
 * @throws RangeError unless there is a label and a prediction for each of at least four images.
 * @example
 * const images = tf.zeros([4, 28, 28]);
 * const figure = redrawDigits(images, [0, 1, 2, 3], [0, 1, 2, 8], { random: () => 0 });
 * figure.text.split('\n')[1]; // '1: y=0 y_pred=0 · y=1 y_pred=1 · y=2 y_pred=2 · y=3 y_pred=8'
 */
export function redrawDigits(
  images: Given,
  labels: Given,
  predictions: Given,
  { draws = 12, random = Math.random }: RedrawOptions = {},
): Figure {
  const pictures = picturesOf(images);
  const { count: samples, height, width } = pictures;
  const digits = classNumbers(labels, 'labels');
  const taken = classNumbers(predictions, 'predictions');
  checkCounts({ pictures: samples, labels: digits.length, predictions: taken.length });
  const picks = drawn(samples, draws, random);
  const page = sheet(
    picks.map(at => pixelsOf(pictures, at)),
    [height, width],
    { columns: SHOWN, gap: GAP, fill: 255 },
  );
  const count = picks.length / SHOWN;
  const rowsOf = (draw: number): [top: number, bottom: number] => {
    const top = draw * (height + GAP);
    return [top, top + height];
  };
  const captions = picks.map((at, i): Partial<Annotations> => {
    const [x, y] = itemAt(page.corners, i);
    return {
      text: `y= ${digits[at]}<br>y_pred=${taken[at]}`,
      x: x + width / 2,
      // Within the draw: Plotly hides the captions of those that are out of sight.
      y: y + 0.1,
      yanchor: 'bottom',
      showarrow: false,
      font: { size: CAPTION.size },
    };
  });
  const title = text({
    zh: '随机取出测试集中的任意4个数据进行识别',
    en: 'Recognising any four of the test set, drawn at random',
  });
  const above = titleHeight(title) + captionHeight(CAPTION);
  const words = Array.from({ length: count }, (_, draw) => {
    const four = picks.slice(draw * SHOWN, (draw + 1) * SHOWN);
    return `${draw + 1}: ${four.map(at => `y=${digits[at]} y_pred=${taken[at]}`).join(' · ')}`;
  });
  return figure(
    [sheetTrace(page)],
    {
      ...sheetAxes(page, { y: rowsOf(0) }),
      height: above + 110 + 65,
      margin: { l: 10, r: 10, t: above, b: 65 },
      annotations: [figureTitle(title, captionHeight(CAPTION)), ...captions],
      updatemenus:
        count > 1
          ? Array.from({ length: count }, (_, i) => redrawButton(i, (i + 1) % count, rowsOf))
          : [],
    },
    [title, ...words].join('\n'),
  );
}

/**
 * Draws the places of four samples a draw, no two alike; fewer draws where there are not so many
 * samples.
 */
function drawn(count: number, draws: number, random: () => number): number[] {
  if (count < SHOWN) {
    throw new RangeError(
      text({
        zh: `应当至少有 ${SHOWN} 张图片可抽，收到的是 ${count} 张。请传入整个测试集。`,
        en: `Expected at least ${SHOWN} pictures to draw from but received ${count}. Pass the whole test set.`,
      }),
    );
  }
  const rest = Array.from({ length: count }, (_, i) => i);
  const length = SHOWN * Math.max(1, Math.min(draws, Math.floor(count / SHOWN)));
  // The first steps of a Fisher–Yates shuffle.
  return Array.from({ length }, (_, i) => {
    const j = i + Math.floor(random() * (count - i));
    const pick = itemAt(rest, j);
    rest[j] = itemAt(rest, i);
    return pick;
  });
}

/** Makes the button that stands while the i-th draw is shown, and shows the next. */
function redrawButton(
  i: number,
  next: number,
  rowsOf: (draw: number) => [top: number, bottom: number],
): Partial<UpdateMenu> {
  const [top, bottom] = rowsOf(next);
  const change = {
    'yaxis.range': [bottom, top],
    [`updatemenus[${i}].visible`]: false,
    [`updatemenus[${next}].visible`]: true,
  } as Partial<Layout>;
  return {
    type: 'buttons',
    visible: i === 0,
    showactive: false,
    x: 0.5,
    xanchor: 'center',
    y: 0,
    yanchor: 'top',
    pad: { t: 15 },
    bgcolor: '#eef6fb',
    bordercolor: '#0072B2',
    font: { size: 15 },
    buttons: [
      {
        label: text({ zh: '再抽四张', en: 'Draw four others' }),
        method: 'relayout',
        args: [change],
      },
    ],
  };
}
