import type { Annotations, Data, LayoutAxis } from 'plotly.js';
import { text } from '../language';
import { CLEAR_TICKS, type Figure, figure, nth, plainly } from './figure';
import { historyWords } from './history-words';
import type { Scale } from './scale';
import {
  type CurveOptions,
  type HistoryValues,
  type Series,
  trainingPanels,
} from './training-panels';

/** Height and margins, in pixels. */
export const FRAME = { height: 380, top: 95, bottom: 55 } as const;

/**
 * Shows the loss and the first metric over the epochs, training beside validation.
 *
 * @param history as in what `fit` returns; `val_` values are drawn where there are any.
 * @param options what else is drawn: the values of the steps, another training beside this one.
 * @throws RangeError where there is no loss to draw.
 * @example
 * const curves = historyCurves({ loss: [0.33, 0.15], val_loss: [0.19, 0.14] });
 * curves.data.length; // 2
 */
export function historyCurves(history: HistoryValues, options: CurveOptions = {}): Figure {
  if (!options.steps && !history?.loss?.length) {
    const names = JSON.stringify(Object.keys(history ?? {}));
    throw new RangeError(
      text({
        zh: `应当有至少一轮的损失，收到的是 ${names}。请传入 fit 返回的 history.history。`,
        en: `Expected a history with at least one epoch of loss but received ${names}. Pass the history.history that fit returns.`,
      }),
    );
  }
  const panels = trainingPanels(history, options);
  const axes = panels.map((panel, i) => ({
    [`xaxis${nth(i)}`]: {
      ...axis(panel.x),
      title: { text: text({ zh: '轮次', en: 'Epoch' }), standoff: 12 },
      domain: domain(i, panels.length),
      anchor: `y${nth(i)}`,
    },
    [`yaxis${nth(i)}`]: { ...axis(panel.y), ...CLEAR_TICKS, anchor: `x${nth(i)}` },
  }));
  return figure(
    panels.flatMap(({ series }, i) =>
      series.filter(({ y }) => y.length > 0).map(each => trace(each, i)),
    ),
    {
      ...Object.assign({}, ...axes),
      height: FRAME.height,
      margin: { l: 0, r: 0, t: FRAME.top, b: FRAME.bottom },
      legend: {
        ...{ orientation: 'h', entrywidth: 0.46, entrywidthmode: 'fraction' },
        ...{ x: 0.02, yref: 'container', y: 1, yanchor: 'top' },
      },
      annotations: panels.map(({ title }, i) => panelTitle(title, i)),
    },
    historyWords(history, options),
  );
}

/** Works out where a panel stands, in shares of the figure's width. */
export function domain(panel: number, panels: number): [from: number, to: number] {
  const [left, gap, right] = [0.1, 0.115, 0.02];
  const width = (1 - left - right - gap * (panels - 1)) / panels;
  const from = left + panel * (width + gap);
  return [from, from + width];
}

const axis = ({ from, to, step }: Scale): Partial<LayoutAxis> => ({
  range: [from, to],
  tick0: 0,
  dtick: step,
  zeroline: false,
  gridcolor: '#dddddd',
});

const panelTitle = (title: string, panel: number): Partial<Annotations> => ({
  text: plainly(title),
  font: { size: 17 },
  xref: `x${nth(panel)} domain` as Annotations['xref'],
  yref: `y${nth(panel)} domain` as Annotations['yref'],
  ...{ x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', showarrow: false },
});

function trace({ name, look, rank, x, y }: Series, panel: number): Data {
  const { color, line, dash, marker, size = 0 } = look;
  return {
    type: 'scatter',
    mode: line ? (marker ? 'lines+markers' : 'lines') : 'markers',
    x: x.map(short),
    y: y.map(short),
    name: plainly(name),
    legendgroup: name,
    showlegend: rank !== undefined && panel === 0,
    legendrank: rank ?? 0,
    xaxis: `x${nth(panel)}` as 'x',
    yaxis: `y${nth(panel)}` as 'y',
    line: { color, width: line ?? 0, dash: (dash ?? 'solid') as 'solid' },
    marker: { color, symbol: marker ?? 'circle', size },
    hovertemplate: '%{x:.4~g}: %{y:.4f}',
  };
}

/** Keeps digits enough to draw by, so that the saved notebook stays small. */
const short = (value: number) => Number(value.toPrecision(5));
