/** On a phone, 390 pixels wide, each figure keeps its words within it and apart. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { mnist } from 'mnist-data-loader';
import type { Page } from 'playwright-core';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import type { Figure } from '../../../lib/digits/figures/figure';
import { StepMeans } from '../../../lib/digits/figures/step-means';
import { setLanguage, text } from '../../../lib/digits/language';
import { predict } from '../../../lib/digits/network/predict';
import { oneStep } from '../../../lib/digits/one-step';
import { divide } from '../../../lib/digits/training/divide';
import { closePages, sharedBrowser } from '../../browser';
import { compiledModel } from '../../support';

const WIDTH = 390;

/** Words of a figure, and the box that they fill on the screen, in pixels. */
interface Words {
  readonly words: string;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

function convolutional(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3 }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  return model;
}

function manySteps(): StepMeans {
  const steps = new StepMeans(['loss', 'sparse_categorical_accuracy'], 750, 5);
  for (let i = 0; i < 3750; i++) steps.add({ loss: 1, sparse_categorical_accuracy: 0.5 });
  return steps;
}

/** What draws each figure of the lesson, and some that are harder to find room for. */
async function drawings(): Promise<Record<string, () => Figure>> {
  const [[trainX, trainY], [testX, testY]] = await mnist.loadData();
  const model = compiledModel();
  const x = divide(testX.slice(0, 300), 255);
  const y = testY.slice(0, 300);
  // Of an untrained network: nearly all is wrong, and each digit has its number over its bar.
  const probabilities = predict(model, x);
  const predictions = probabilities.argMax(1);
  const nearlyAll = testY.data.map((label, i) => (i % 9 ? label : (label + 1) % 10));
  const sure = tf.oneHot(predictions, 10).mul(0.99999).add(1e-6) as tf.Tensor;
  const few = { labels: y.slice(0, 4), predictions: predictions.slice(0, 4) };
  const title = () =>
    text({
      zh: '取出测试集中的前4个数据进行识别',
      en: 'Recognising the first four of the test set',
    });
  const step = oneStep(compiledModel(), x.slice(0, 64), tf.tensor1d(y.data.slice(0, 64), 'int32'));
  const beside = figures.ORIGINAL_RUN;
  return {
    digitWall: () => figures.digitWall(trainX, trainY),
    classCounts: () => figures.classCounts(trainY, testY),
    'classCounts, a large set': () => figures.classCounts(new Uint8Array(240_000), testY),
    pixelNumbers: () => figures.pixelNumbers(trainX.slice(0, 1)),
    'pixelNumbers, from 0 to 1': () => figures.pixelNumbers(x.slice(0, 1)),
    networkDiagram: () => figures.networkDiagram(model),
    'networkDiagram, convolutional': () => figures.networkDiagram(convolutional()),
    historyCurves: () => figures.historyCurves(beside.history, { steps: manySteps(), beside }),
    'historyCurves, the epochs alone': () => figures.historyCurves(beside.history),
    oneStep: () => figures.oneStep(step),
    baselines: () => figures.baselines(0.9753),
    probabilityBars: () =>
      figures.probabilityBars(x.slice(0, 4), few.labels, predict(model, x.slice(0, 4))),
    'probabilityBars, one': () => figures.probabilityBars(x.slice(0, 1), [7], sure.slice(0, 1)),
    forwardPass: () => figures.forwardPass(model, x.slice(0, 1)),
    confusionMatrix: () => figures.confusionMatrix(testY, nearlyAll),
    'confusionMatrix, three alike': () => figures.confusionMatrix([1, 2, 3, 4], [4, 3, 2, 4]),
    digitAccuracy: () => figures.digitAccuracy(testY, nearlyAll),
    worstMistakes: () => figures.worstMistakes(x, y, probabilities),
    'worstMistakes, the surest': () => figures.worstMistakes(x, y, sure),
    'worstMistakes, none': () => figures.worstMistakes(x, predictions, probabilities),
    unitWeights: () => figures.unitWeights(model),
    digitRow: () => figures.digitRow(x.slice(0, 4), { title: title(), ...few }),
    redrawDigits: () => figures.redrawDigits(x, y, predictions),
  };
}

/** Draws a figure as a page does, and reads where its words stand. */
const wordsOf = ({ data, layout, config }: Figure, page: Page): Promise<Words[]> =>
  page.evaluate(async json => {
    const { Plotly } = window as unknown as { Plotly: typeof import('plotly.js') };
    const { data, layout, config } = JSON.parse(json);
    await Plotly.newPlot('figure', data, layout, config);
    return Array.from(document.querySelectorAll<SVGTextElement>('#figure text'))
      .map(element => ({ element, rect: element.getBoundingClientRect() }))
      .filter(({ element, rect }) => rect.width > 0 && element.checkVisibility())
      .map(({ element, rect }) => ({
        words: element.textContent ?? '',
        box: [rect.left, rect.top, rect.right, rect.bottom] as const,
      }));
  }, JSON.stringify({ data, layout, config }));

/** So much of a box, in pixels, is air beside the letters, and above and below them. */
const [AIR, LEADING] = [1, 4];

const overlap = ({ box: a }: Words, { box: b }: Words) =>
  Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > AIR &&
  Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > LEADING;

describe('figures on a phone', () => {
  let page: Page;
  let all: Record<string, () => Figure>;

  before(async () => {
    await useDevice('cpu');
    all = await drawings();
    page = await (await sharedBrowser()).newPage({ viewport: { width: WIDTH, height: 800 } });
    await page.setContent('<!doctype html><body style="margin: 0"><div id="figure"></div>');
    await page.addScriptTag({ path: require.resolve('plotly.js-dist') });
  });
  afterEach(() => setLanguage('en'));
  after(closePages);

  for (const language of ['zh', 'en'] as const) {
    it(`keep their words within them and apart, in ${language}`, async () => {
      setLanguage(language);
      const faults: string[] = [];
      for (const [name, draw] of Object.entries(all)) {
        const figure = draw();
        const words = await wordsOf(figure, page);
        assert.ok(words.length > 0, name);
        const height = Number(figure.layout.height);
        for (const [i, each] of words.entries()) {
          const [left, top, right, bottom] = each.box;
          if (left < -AIR || top < -AIR || right > WIDTH + AIR || bottom > height + AIR) {
            faults.push(`${name}: "${each.words}" is cut off`);
          }
          for (const other of words.slice(i + 1)) {
            if (overlap(each, other)) {
              faults.push(`${name}: "${each.words}" lies on "${other.words}"`);
            }
          }
        }
      }
      assert.deepEqual(faults, []);
    });
  }
});
