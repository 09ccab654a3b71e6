import type { Annotations, Data, Layout, LayoutAxis } from 'plotly.js';
import { text } from '../language';
import { type Figure, figure, figureTitle, GREYS, nth, plainly, roundedTo } from './figure';

/** Options of {@link digitRow}. */
export interface DigitRowOptions {
  /** The title over the digits, red on yellow. */
  readonly title: string;
  /** The digit that each picture shows, 0 to 9. */
  readonly labels: ArrayLike<number>;
  /** The digit that the model takes it for, 0 to 9. */
  readonly predictions: ArrayLike<number>;
}

/**
 * Shows a row of grey digits without axes, each with its label over the model's prediction.
 *
 * @param images pixels as rows of columns, `[digits, height, width]`, the smallest value black.
 * @throws RangeError unless there is one label and one prediction for each image.
 * @example
 * const digits = xTest.slice(0, 2).arraySync();
 * const row = digitRow(digits, { title: 'Two digits', labels: [7, 2], predictions: [7, 1] });
 * row.text; // 'Two digits\ny=7 y_pred=7 · y=2 y_pred=1'
 */
export function digitRow(images: readonly number[][][], options: DigitRowOptions): Figure {
  const { title, labels, predictions } = options;
  if (labels.length !== images.length || predictions.length !== images.length) {
    throw new RangeError(
      text({
        zh: `每张图应当有一个标签和一个预测，收到的是 ${images.length} 张图、${labels.length} 个标签和 ${predictions.length} 个预测。请取同一段切片。`,
        en:
          `Expected a label and a prediction for each of ${images.length} images ` +
          `but received ${labels.length} labels and ${predictions.length} predictions. Take the same slice of all three.`,
      }),
    );
  }
  const data = images.map((image, i) => digit(image, i));
  const axes = Object.assign({}, ...images.map((_, i) => hiddenAxes(i, images.length)));
  const captions = images.map((_, i) => caption(i, labels[i], predictions[i]));
  const layout: Partial<Layout> = {
    ...axes,
    height: 290,
    margin: { l: 10, r: 10, t: 125, b: 10 },
    annotations: [{ ...figureTitle(plainly(title)), yshift: 70 }, ...captions],
  };
  const words = images.map((_, i) => `y=${labels[i]} y_pred=${predictions[i]}`);
  return figure(data, layout, `${title}\n${words.join(' · ')}`);
}

function digit(image: readonly number[][], i: number): Data {
  return {
    type: 'heatmap',
    // Three decimals tell 256 greys apart.
    z: image.map(row => row.map(roundedTo(1000))),
    xaxis: `x${nth(i)}`,
    yaxis: `y${nth(i)}`,
    colorscale: GREYS,
    showscale: false,
    hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>',
  } as Data;
}

function hiddenAxes(i: number, digits: number): Record<string, Partial<LayoutAxis>> {
  const gap = 0.03;
  const width = (1 - gap * (digits - 1)) / digits;
  const start = i * (width + gap);
  return {
    [`xaxis${nth(i)}`]: {
      anchor: `y${nth(i)}` as LayoutAxis['anchor'],
      domain: [start, start + width],
      constrain: 'domain',
      visible: false,
      fixedrange: true,
    },
    [`yaxis${nth(i)}`]: {
      anchor: `x${nth(i)}` as LayoutAxis['anchor'],
      autorange: 'reversed',
      scaleanchor: `x${nth(i)}` as LayoutAxis['scaleanchor'],
      constrain: 'domain',
      constraintoward: 'top',
      visible: false,
      fixedrange: true,
    },
  };
}

function caption(i: number, label?: number, prediction?: number): Partial<Annotations> {
  return {
    text: `y= ${plainly(String(label))}<br>y_pred=${plainly(String(prediction))}`,
    xref: `x${nth(i)} domain` as Annotations['xref'],
    yref: `y${nth(i)} domain` as Annotations['yref'],
    x: 0.5,
    y: 1,
    yanchor: 'bottom',
    showarrow: false,
    font: { size: 16 },
  };
}
