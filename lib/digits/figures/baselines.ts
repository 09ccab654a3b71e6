import type { Annotations, Data } from 'plotly.js';
import { percent } from '../format';
import { type Text, text } from '../language';
import { COLORS, type Figure, figure } from './figure';

/** What else reads MNIST's test set, and the share that it reads rightly. */
interface Baseline {
  readonly name: Text;
  readonly accuracy: number;
  /** A whole per cent of a mean over trainings, rather than a count. */
  readonly isRough?: boolean;
}

/** No training at all: of the 10,000 labels of the test set 1135 are a 1, the commonest digit. */
const ALWAYS_ONE: Baseline = {
  name: { zh: '一律回答 1', en: 'Always answering 1' },
  accuracy: 0.1135,
};

/**
 * Flatten and the output layer, 7850 parameters, trained as in stage 8: adam, 5 epochs of batches of
 * 64, a fifth kept for validation. Five trainings reached 0.9210 to 0.9238, the mean is 0.9227.
 */
const NO_HIDDEN_LAYER: Baseline = {
  name: { zh: '没有隐含层', en: 'No hidden layer' },
  accuracy: 0.923,
  isRough: true,
};

/**
 * Two layers of convolution, of 32 and 64 filters of 3 × 3, each with a pooling of 2 × 2; then Flatten,
 * dropout of 0.5 and the output layer: 34,826 parameters. Trained as above, six trainings reached
 * 0.9868 to 0.9892 after 5 epochs, and three of them 0.9900 to 0.9923 after 10; the mean is 0.9910.
 */
const CONVOLUTION: Baseline = {
  name: { zh: '小卷积网络（练习 10.4）', en: 'Convolution (ex. 10.4)' },
  accuracy: 0.991,
  isRough: true,
};

/** In pixels: a row with its words above the bar, and what surrounds the rows. */
const ROW = 58;
const MARGIN = { l: 12, r: 12, t: 34, b: 10 };

/**
 * Shows whether an accuracy on MNIST's test set is good: beside that of always answering 1, of a
 * network without a hidden layer, and of a small convolutional network, each with its share of errors.
 *
 * @param accuracy of your network, from 0 to 1, as `evaluate` returns it.
 * @throws RangeError where it is no such number.
 * @example
 * baselines(0.9753).text.split('\n')[3]; // 'This network: 97.53% right, 2.47% wrong'
 */
export function baselines(accuracy: number | undefined): Figure {
  check(accuracy);
  const network = { name: { zh: '您的网络', en: 'This network' }, accuracy };
  const rows = [ALWAYS_ONE, NO_HIDDEN_LAYER, network, CONVOLUTION];
  const title = text({ zh: '测试集的准确率', en: 'Accuracy on the test set' });
  const [right, wrong] = [text({ zh: '认对', en: 'right' }), text({ zh: '认错', en: 'wrong' })];
  const key = `${mark(COLORS.blue)} ${right}　${mark(COLORS.orange)} ${wrong}`;
  return figure(
    [
      bars(
        rows.map(row => row.accuracy),
        COLORS.blue,
      ),
      bars(
        rows.map(row => 1 - row.accuracy),
        COLORS.orange,
      ),
    ],
    {
      height: rows.length * ROW + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      barmode: 'stack',
      showlegend: false,
      xaxis: { range: [0, 1], visible: false, fixedrange: true },
      yaxis: { range: [rows.length - 0.5, -0.5], visible: false, fixedrange: true },
      annotations: [
        { ...words(-1, `<b>${title}</b>`, 'left'), ...ABOVE },
        { ...words(-1, key, 'right'), ...ABOVE },
        ...rows.flatMap((row, i) => {
          const [good, bad] = shares(row);
          const name = text(row.name);
          return [
            words(i, row === network ? `<b>${name}</b>` : name, 'left'),
            words(i, `${mark(COLORS.blue)} ${good}　${mark(COLORS.orange)} ${bad}`, 'right'),
          ];
        }),
      ],
    },
    [
      title,
      ...rows.map(row => {
        const [good, bad] = shares(row);
        const name = text(row.name);
        return text({
          zh: `${name}：认对 ${good}，认错 ${bad}`,
          en: `${name}: ${good} right, ${bad} wrong`,
        });
      }),
    ].join('\n'),
  );
}

/** Writes the share that is right and the share that is wrong: counted with two decimals, else roughly. */
function shares({ accuracy, isRough }: Baseline): [string, string] {
  const [sign, decimals] = isRough ? ['≈ ', 0] : ['', 2];
  return [sign + percent(accuracy, decimals), sign + percent(1 - accuracy, decimals)];
}

/** A bar a row, in the lower part of it; the words stand above. */
function bars(x: number[], color: string): Data {
  return {
    type: 'bar',
    orientation: 'h',
    x,
    y: x.map((_, i) => i),
    offset: 0,
    width: 0.32,
    marker: { color },
    hovertemplate: '%{x:.2%}<extra></extra>',
  } as Data;
}

const mark = (color: string) => `<span style="color:${color}">■</span>`;

function words(row: number, text: string, side: 'left' | 'right'): Partial<Annotations> {
  return {
    ...{ text, showarrow: false, xref: 'paper', xanchor: side, x: side === 'left' ? 0 : 1 },
    ...{ y: row, yanchor: 'bottom', borderpad: 0 },
  };
}

/** Above all rows. */
const ABOVE = { yref: 'paper', y: 1, yshift: 6 } as const;

function check(accuracy: unknown): asserts accuracy is number {
  if (typeof accuracy === 'number' && accuracy >= 0 && accuracy <= 1) return;
  const received = typeof accuracy === 'number' ? String(accuracy) : typeof accuracy;
  throw new RangeError(
    text({
      zh: `准确率应当在 0 和 1 之间，收到的是 ${received}。请写 const [loss, accuracy] = await evaluate(model, xTest, yTest)，再传入 accuracy；模型在 compile 时要有指标。`,
      en: `Expected an accuracy from 0 to 1 but received ${received}. Write const [loss, accuracy] = await evaluate(model, xTest, yTest) and pass accuracy; the model must be compiled with a metric.`,
    }),
  );
}
