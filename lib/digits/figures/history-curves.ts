import type { Annotations, LayoutAxis } from 'plotly.js';
import { messages } from '../language';
import {
  axisName,
  CLEAR_TICKS,
  COLORS,
  escapePlotly,
  type Figure,
  figure,
  note,
  onAxes,
} from './figure';
import type { Scale } from './scale';
import {
  type CurveOptions,
  FRAME,
  type HistoryValues,
  historyWords,
  type Panel,
  type Series,
  trainingPanels,
} from './training-panels';

/**
 * Shows the loss and the first metric over the epochs, training beside validation.
 *
 * @param history as in what `fit` returns; `val_` values are drawn if there are any.
 * @param options what else is drawn: the values of the steps, another training beside this one.
 * @throws RangeError if there is no loss to draw.
 * @example
 * const curves = historyCurves({ loss: [0.33, 0.15], val_loss: [0.19, 0.14] });
 * curves.data.length; // 2
 */
export function historyCurves(history: HistoryValues, options: CurveOptions = {}): Figure {
  const texts = messages().figures.history;
  if (!options.steps && !history?.loss?.length) {
    throw new RangeError(texts.noLoss(JSON.stringify(Object.keys(history ?? {}))));
  }
  const panels = trainingPanels(history, options);
  const axes = panels.map((panel, i) => ({
    [axisName('xaxis', i + 1)]: {
      ...axis(panel.x),
      title: { text: texts.epoch, standoff: 12 },
      domain: panel.domain,
      anchor: axisName('y', i + 1),
    },
    [axisName('yaxis', i + 1)]: {
      ...{ ...axis(panel.y), ...CLEAR_TICKS, anchor: axisName('x', i + 1) },
    },
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
        // As many in a row as there is room for.
        ...{ orientation: 'h', x: 0.02, yref: 'container', y: 1, yanchor: 'top' },
      },
      annotations: panels.map(panelTitle),
    },
    historyWords(history, options),
  );
}

const axis = ({ from, to, step }: Scale): Partial<LayoutAxis> => ({
  range: [from, to],
  tick0: 0,
  dtick: step,
  zeroline: false,
  gridcolor: COLORS.grid,
});

const panelTitle = ({ title, from }: Panel, panel: number): Partial<Annotations> =>
  note(escapePlotly(title) + (from && ` <span style="font-size:13px">${from}</span>`), {
    font: { size: 17 },
    xref: `${axisName('x', panel + 1)} domain` as Annotations['xref'],
    yref: `${axisName('y', panel + 1)} domain` as Annotations['yref'],
    ...{ x: 0, xanchor: 'left', y: 1, yanchor: 'bottom' },
  });

function trace({ name, look, rank, x, y }: Series, panel: number): object {
  const { color, line, dash, marker, size = 0 } = look;
  return {
    type: 'scatter',
    mode: line ? (marker ? 'lines+markers' : 'lines') : 'markers',
    x: x.map(short),
    y: y.map(short),
    name: escapePlotly(name),
    legendgroup: name,
    showlegend: rank !== undefined && panel === 0,
    legendrank: rank ?? 0,
    ...onAxes(panel + 1),
    line: { color, width: line ?? 0, dash: dash ?? 'solid' },
    marker: { color, symbol: marker ?? 'circle', size },
    hovertemplate: '%{x:.4~g}: %{y:.4f}',
  };
}

/** Keeps digits enough to draw by, so that the saved notebook stays small. */
const short = (value: number) => Number(value.toPrecision(5));
