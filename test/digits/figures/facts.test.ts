/** The content of each figure, on data small enough to work out by hand. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { projectRoot } from '../../../lib/command/machine/paths';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import type { Figure } from '../../../lib/digits/figures/figure';
import { type Language, setLanguage } from '../../../lib/digits/language';
import { divide } from '../../../lib/tfjs-graph/bytes/divide';
import { compiledModel } from '../../support';
import { readData } from '../../texts';
import {
  chunkOf,
  greyAt,
  greyPictures,
  hoverTexts,
  notes,
  pictureOf,
  same,
  says,
  sourceOf,
  type Trace,
  traces,
  trained,
} from './support';

type Values = Readonly<Record<string, unknown>>;

interface Fact {
  readonly it: string;
  readonly draws: string;
  readonly given?: readonly unknown[];
  readonly change?: Values;
  readonly language?: Language;
  readonly shows?: Values;
  readonly matches?: Readonly<Record<string, string>>;
  readonly lacks?: Readonly<Record<string, string>>;
  readonly hovers?: Readonly<Record<string, string>>;
  readonly greys?: readonly [x: number, y: number, grey: number, trace?: number][];
  readonly throws?: string;
}

const { facts, hovers, texts } = readData<{
  readonly facts: readonly Fact[];
  readonly hovers: Readonly<Record<string, Values>>;
  readonly texts: Readonly<Record<string, string>>;
}>('digits/figures/facts.yml');

const { forwardPass, networkDiagram, ORIGINAL_RUN } = figures;
const { pixelNumbers, redrawDigits, unitWeights } = figures;

const isPlain = (value: unknown): value is Values =>
  (value as object | null)?.constructor === Object;

/** Creates pictures from a count, a history from losses, and an array from a few numbers. */
function build(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(build);
  if (!isPlain(value)) return value;
  if (value.pictures) return greyPictures(Number(value.pictures));
  if (value.trained) return trained(value.trained as number[]);
  if (value.zeros) {
    const shape = [value.zeros].flat() as number[];
    const data = new Float32Array(shape.reduce((a, b) => a * b)).fill(Number(value.all ?? 0));
    Object.assign(data, value.but);
    return Array.isArray(value.zeros) ? { shape, data } : data;
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, build(part)]));
}

/** The same but for some values, also of objects within. */
const changed = (value: Values, change: Values): Values => {
  const parts = Object.entries(change).map(([key, part]) => [
    key,
    isPlain(part) ? changed(value[key] as Values, part) : part,
  ]);
  return { ...value, ...Object.fromEntries(parts) };
};

/** Values that the facts compare in addition to the parts of a figure. */
const looked = (figure: Figure) => ({
  ...figure,
  notes: notes(figure),
  curves: traces(figure).map(({ name, xaxis, y }) => `${xaxis} ${name}: ${y?.length}`),
  arrows: (figure.layout.annotations ?? [])
    .filter(({ showarrow }) => showarrow)
    .map(({ ax, ay, x, y }) => [ax, ay, x, y]),
  get page() {
    return pictureOf(figure);
  },
});

/** Compares a figure's hover texts by trace and position, such as `0/4/9`. */
function comparesHovers(figure: Figure, expected: Values = {}): void {
  for (const [path, text] of Object.entries(expected)) {
    const [trace = '', ...place] = path.split('/');
    const curve = traces(figure)[Number(trace)] as Trace;
    const hover = place.reduce((part, key) => Object(part)[key], hoverTexts(curve) as unknown);
    assert.equal(hover, text, `hover ${path}`);
  }
}

describe('what a figure shows', () => {
  before(() => useDevice('cpu'));

  for (const { it: what, draws, given = [], change = {}, language = 'en', ...fact } of facts) {
    it(`${draws} ${what}`, () => {
      setLanguage(language);
      const [first, ...rest] = given.map(build);
      const draw = (): Figure =>
        Reflect.get(figures, draws)(
          isPlain(first) ? changed(first, build(change) as Values) : first,
          ...rest,
        );
      if (fact.throws) {
        const message = new RegExp(fact.throws);
        return assert.throws(draw, (error: Error) => message.test(String(error)));
      }
      const figure = draw();
      comparesHovers(figure, fact.hovers);
      const valueAt = (path: string) =>
        path.split('/').reduce((part, key) => Object(part)[key], looked(figure) as unknown);
      for (const [path, value] of Object.entries(fact.shows ?? {})) {
        assert.deepEqual(valueAt(path), value, path);
      }
      for (const [path, pattern] of Object.entries(fact.matches ?? {})) {
        assert.match(String(valueAt(path)), new RegExp(pattern), path);
      }
      for (const [path, pattern] of Object.entries(fact.lacks ?? {})) {
        assert.doesNotMatch(String(valueAt(path)), new RegExp(pattern), path);
      }
      for (const [x, y, grey, trace] of fact.greys ?? []) {
        const page = pictureOf(figure, trace);
        assert.equal(greyAt(page, x, y < 0 ? page.length + y : y, 4), grey, `${x}, ${y}`);
      }
    });
  }

  it('forwardPass: from the picture to the probabilities, each step with its numbers', () => {
    const { dense, flatten } = tf.layers;
    const model = tf.sequential({
      layers: [
        ...[flatten({ inputShape: [2, 2] }), dense({ units: 3, activation: 'relu' })],
        dense({ units: 2, activation: 'softmax', useBias: false }),
      ],
    });
    const x = tf.tensor3d([0, 0.5, 1, 0], [1, 2, 2]);
    /** The second hidden unit outputs 3.25, all other units 0. */
    const figureOf = (...logits: number[]) => {
      const last = [[0, 0], logits.map(z => z / 3.25), [0, 0]];
      model.setWeights([tf.zeros([4, 3]), tf.tensor1d([-1, 3.25, 0]), tf.tensor2d(last)]);
      return forwardPass(model, x);
    };
    const figure = figureOf(-1, 2);
    const [picture, row, hidden, logits, probabilities] = traces(figure);
    same([picture?.z, row?.z], '[[[0,0.5],[1,0]],[[0,0.5,1,0]]]');
    same([hidden?.y, logits?.y, probabilities?.y], '[[0,3.25,0],[-1,2],[0.04743,0.9526]]');
    same([logits?.text, probabilities?.text], '[["−1.0","2.0"],["5%","95%"]]');
    assert.deepEqual(logits?.marker.color, ['#9a9a9a', '#0072B2'], 'the chosen digit');
    comparesHovers(figure, hovers.forwardPass);
    assert.equal(figure.text, texts.forwardPass);
    assert.match(notes(figure)[3] ?? '', /e<sup>2\.00<\/sup> ÷ Σ e<sup>z<\/sup> ≈ 7\.389/);
    says(figureOf(-10, 10), /≈ 22,026 ÷ 22,026 > 99\.99%/);
  });

  describe('networkDiagram', () => {
    const marks = (model: tf.LayersModel, kind: string) =>
      traces(networkDiagram(model)).filter(({ mode }) => mode === kind);
    const links = (model: tf.LayersModel) =>
      marks(model, 'lines').map(({ x }) => x.filter(position => position === null).length);

    it("draws the lesson's model: few units in full, of many the ends, those that learn in blue", () => {
      same(
        marks(compiledModel(), 'text+markers').map(({ x, marker }) => [x.length, marker.color]),
        '[[1,"#ffffff"],[8,"#ffffff"],[8,"#0072B2"],[10,"#0072B2"]]',
      );
      assert.deepEqual(links(compiledModel()), [8, 64, 80]);
      const words = notes(networkDiagram(compiledModel()));
      assert.equal(
        words[2],
        '<b>dense (Dense, relu)</b><br>output (None, 128)<br>784 × 128 + 128<br>= 100,480 parameters',
      );
      assert.equal(words.filter(text => text === '<b>…</b>').length, 2);
      assert.ok(words.includes('<b>Total params: 101,770</b>'));
    });

    it('draws any stack: pictures as squares, each parameter counted', () => {
      const model = tf.sequential();
      model.add(tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 3, kernelSize: 3 }));
      model.add(tf.layers.batchNormalization());
      model.add(tf.layers.flatten());
      model.add(tf.layers.dense({ units: 4, activation: 'tanh', useBias: false }));
      same(
        marks(model, 'text+markers').map(({ x, marker }) => `${x.length} ${marker.symbol}`),
        '["1 square","3 square","3 square","8 circle","4 circle"]',
      );
      assert.deepEqual(links(model), [3, 3, 8, 32], 'all to all before what reads all');
      assert.equal(networkDiagram(model).text, texts.networkDiagram);
    });
  });

  it('pixelNumbers: the numbers that it is given, those of divide too, in three characters', () => {
    const x = divide({ shape: [1, 1, 4], data: Uint8Array.of(0, 51, 254, 255) }, 255);
    const figure = pixelNumbers(x);
    const [picture, numbers] = traces(figure);
    same([picture?.z, numbers?.z], '[[[0,51,254,255]],[[0,51,254,255]]]');
    assert.deepEqual(numbers?.text, [['0', '.20', '1.0', '1']]);
    says(figure, /0 is black, 1 is white\. 3 of these are not 0.* largest is 1/);
    says(pixelNumbers([[[0]]]), /white\. Here all are 0\.$/);
  });

  it('redrawDigits: as many draws as asked for, no digit twice, each with its own label', () => {
    const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 10);
    const predictions = labels.map(label => (label === 7 ? 1 : label));
    const figure = redrawDigits(greyPictures(60), labels, predictions);
    const sheet = pictureOf(figure);
    const greys = Array.from({ length: 48 }, (_, i) =>
      greyAt(sheet, (i % 4) * 14, Math.floor(i / 4) * 14, 4),
    );
    assert.equal(new Set(greys).size, 48);
    assert.deepEqual(
      notes(figure)
        .slice(1)
        .map(text => text.replace(/<\/?span[^>]*>/g, '')),
      greys.map(grey => `y= ${labels[grey - 1]}<br>y_pred=${predictions[grey - 1]}`),
    );
    const wrong = greys.filter(grey => labels[grey - 1] === 7).length;
    says(figure, new RegExp(`^.*\n12 draws of four pictures; ${48 - wrong} of 48 right`));
    const nine = redrawDigits(greyPictures(9), labels.slice(0, 9), labels.slice(0, 9));
    assert.equal(notes(nine).length, 9, 'two draws');
  });

  it("unitWeights: each unit's weights in the places of the pixels, blue, white or orange", () => {
    const model = tf.sequential();
    model.add(tf.layers.flatten({ inputShape: [2, 2] }));
    model.add(tf.layers.dense({ units: 2 }));
    const weights = tf.tensor2d([
      [-1, 0, 1, 0.5],
      [1, 1, -1, -1],
    ]);
    model.setWeights([weights.transpose(), tf.zeros([2])]);
    const figure = unitWeights(model);
    comparesHovers(figure, hovers.unitWeights);
    const page = pictureOf(figure);
    const white = page[0]?.[1] ?? 0;
    assert.deepEqual(page[0]?.slice(0, 2), [0, white]);
    assert.deepEqual(page[1]?.slice(0, 2), [2 * white, 1.5 * white]);
    assert.deepEqual(page[0]?.slice(4), [2 * white, 2 * white]);
    const palette = chunkOf(sourceOf(figure), 'PLTE');
    const color = (i: number) => [...palette.subarray(3 * i, 3 * i + 3)];
    same([0, white, 2 * white].map(color), '[[0,114,178],[255,255,255],[213,94,0]]');
  });

  it('valley, learningRates, withoutUnits: the numbers of a point; also of a few units and a Dropout', () => {
    const { dense, dropout, flatten } = tf.layers;
    const ones = { useBias: false, kernelInitializer: 'ones' } as const;
    const hidden = [flatten({ inputShape: [1, 1] }), dense({ units: 2, ...ones })];
    const layers = [...hidden, dropout({ rate: 0.5 }), dense({ units: 1, ...ones })];
    const model = tf.sequential({ layers });
    const loss = () => (model.apply(tf.ones([1, 1, 1])) as tf.Tensor).square().mean() as tf.Scalar;
    const { grads } = tf.variableGrads(loss);
    comparesHovers(figures.valley(model, loss), hovers.valley);
    comparesHovers(figures.learningRates(loss, grads), hovers.learningRates);
    const accuracies = figures.withoutUnits(model, tf.ones([4, 1, 1]), tf.tensor1d([0, 0, 0, 1]));
    comparesHovers(accuracies, hovers.withoutUnits);
  });

  it("historyCurves: ORIGINAL_RUN is the run in the lesson's tables", () => {
    const lesson = readFileSync(join(projectRoot, 'notebooks', 'lesson.ts'), 'utf8');
    const columns = ['loss', 'sparse_categorical_accuracy'].flatMap(name => [name, `val_${name}`]);
    const [loss, valLoss, accuracy, valAccuracy] = columns.map(name => ORIGINAL_RUN.history[name]);
    for (let epoch = 0; epoch < 5; epoch++) {
      const row = [loss, accuracy, valLoss, valAccuracy].map(all => all?.[epoch]?.toFixed(4));
      const line = `// | ${epoch + 1} | ${row.join(' | ')} |`;
      assert.equal(lesson.split(line).length - 1, 2, line);
    }
  });
});
