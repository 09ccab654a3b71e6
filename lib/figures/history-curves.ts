import type { Data, LayoutAxis } from 'plotly.js';
import { isPresent } from '../is-present';
import { text } from '../language';
import { kerasName } from '../training/progress-line';
import { COLORS, type Figure, figure } from './figure';

/** Values by name, one an epoch, as in the `history` of `fit`. */
export type HistoryValues = Readonly<Record<string, ArrayLike<number>>>;

/**
 * The loss and the first metric over the epochs, training beside validation.
 *
 * @param history as returned by `fit`; `val_` values are drawn where they are given.
 * @throws RangeError where there is no loss to draw.
 * @example
 * const curves = historyCurves({ loss: [0.33, 0.15], val_loss: [0.19, 0.14] });
 * curves.data.length; // 2
 */
export function historyCurves(history: HistoryValues): Figure {
  const metric = Object.keys(history).find(name => name !== 'loss' && !isValidation(name));
  if (!history.loss?.length) {
    throw new RangeError(
      text({
        zh: `应当有至少一轮的损失，收到的是 ${JSON.stringify(Object.keys(history))}。请传入 fit 返回的 history.history。`,
        en: `Expected a history with at least one epoch of loss but received ${JSON.stringify(Object.keys(history))}. Hand over the history.history that fit returns.`,
      }),
    );
  }
  const panels = [
    { name: 'loss', title: text({ zh: '损失', en: 'Loss' }) },
    ...(metric ? [{ name: metric, title: text({ zh: '准确率', en: 'Accuracy' }) }] : []),
  ];
  const width = panels.length === 1 ? 1 : 0.44;
  const data = panels.flatMap(({ name }, i) => [
    curve(history, name, i, text({ zh: '训练集', en: 'training' }), COLORS.blue, 'solid'),
    curve(
      history,
      `val_${name}`,
      i,
      text({ zh: '验证集', en: 'validation' }),
      COLORS.orange,
      'dash',
    ),
  ]);
  const axes = panels.map(({ title }, i) => ({
    [`xaxis${i ? 2 : ''}`]: epochAxis(i, [i * (1 - width), i * (1 - width) + width]),
    [`yaxis${i ? 2 : ''}`]: {
      title: { text: title },
      anchor: i ? 'x2' : 'x',
      gridcolor: '#dddddd',
    },
  }));
  return figure(
    data.filter(isPresent),
    {
      ...Object.assign({}, ...axes),
      height: 340,
      margin: { l: 65, r: 20, t: 50, b: 55 },
      legend: { orientation: 'h', x: 0.5, xanchor: 'center', y: 1.02, yanchor: 'bottom' },
    },
    inWords(history),
  );
}

function curve(
  history: HistoryValues,
  key: string,
  panel: number,
  name: string,
  color: string,
  dash: 'solid' | 'dash',
): Data | undefined {
  const values = history[key];
  if (!values) return undefined;
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: Array.from(values, (_, epoch) => epoch + 1),
    y: Array.from(values),
    name,
    legendgroup: name,
    showlegend: panel === 0,
    xaxis: panel ? 'x2' : 'x',
    yaxis: panel ? 'y2' : 'y',
    line: { color, dash },
    marker: { symbol: dash === 'solid' ? 'circle' : 'diamond', size: 8 },
    hovertemplate: '%{x}: %{y:.4f}',
  };
}

function epochAxis(panel: number, domain: [number, number]): Partial<LayoutAxis> {
  return {
    title: { text: text({ zh: '轮次', en: 'Epoch' }) },
    domain,
    anchor: panel ? 'y2' : 'y',
    dtick: 1,
    gridcolor: '#dddddd',
  };
}

const isValidation = (name: string) => name.startsWith('val_');

function inWords(history: HistoryValues): string {
  const names = Object.keys(history).sort(
    (a, b) => Number(isValidation(a)) - Number(isValidation(b)),
  );
  const lines = names.map(name => {
    const shown = Array.from(history[name] ?? [], value => value.toFixed(4));
    return `${kerasName(name)}: ${shown.join(', ')}`;
  });
  const title = text({
    zh: '训练过程中的损失和准确率',
    en: 'Loss and accuracy as training went on',
  });
  return [title, ...lines].join('\n');
}
