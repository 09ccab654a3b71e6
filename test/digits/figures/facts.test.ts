/** What each figure shows, on data small enough to work out by hand. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { loadData } from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import {
  baselines,
  classCounts,
  confusionMatrix,
  digitRow,
  digitWall,
  forwardPass,
  networkDiagram,
  nudge,
  ORIGINAL_RUN,
  oneStep,
  pixelNumbers,
  probabilityBars,
  redrawDigits,
  unitsBorn,
  unitWeights,
  withoutUnit,
  worstMistakes,
} from '../../../lib/digits/figures';
import type { OneStep } from '../../../lib/digits/network/one-step';
import { divide } from '../../../lib/digits/training/divide';
import { projectRoot } from '../../../lib/tools/project/paths';
import { compiledModel } from '../../support';
import { readData } from '../../texts';
import {
  chunkOf,
  greyAt,
  greyPictures,
  notes,
  pictureOf,
  same,
  says,
  sourceOf,
  traces,
} from './support';

const { texts, step, nudged, cost } = readData<{
  readonly texts: Readonly<Record<string, string>>;
  readonly step: OneStep;
  readonly nudged: Parameters<typeof nudge>[0];
  readonly cost: Parameters<typeof withoutUnit>[0];
}>('digits/figures/facts.yml');

describe('what a figure shows', () => {
  before(() => useDevice('cpu'));

  it('baselines: what is right and wrong, also of always answering 1, the commonest digit', async () => {
    const [right, wrong] = traces(baselines(0.9753));
    const [, [, labels]] = await loadData();
    const ones = labels.data.filter(label => label === 1).length / labels.data.length;
    assert.deepEqual(right?.x, [ones, 0.923, 0.9753, 0.991]);
    assert.equal(wrong?.x[2], 1 - 0.9753);
    says(baselines(0.9753), /\nNo hidden layer: ≈ 92% right, ≈ 8% wrong\n/);
    says(baselines(0.9), /without a hidden layer makes 0\.8, and one with convolution 0\.1$/);
    assert.doesNotMatch(baselines(1).text, /Where this/);
  });

  it('classCounts: each digit, training beside test', () => {
    const figure = classCounts([0, 0, 9, 3], Uint8Array.of(9, 9));
    const [training, test] = traces(figure);
    same([training?.y, test?.y], '[[2,0,0,1,0,0,0,0,0,1],[0,0,0,0,0,0,0,0,0,2]]');
    says(figure, /\ntraining: 2 · 0 · 0 · 1 .*; most: 0 \(2\), fewest: 1 \(0\)\ntest: 0 · 0/);
  });

  describe('confusionMatrix', () => {
    // 4 is taken for 9 twice in ten times, 9 for 4 once in two times.
    const labels = [...new Array(10).fill(4), 9, 9];
    const predictions = [...new Array(8).fill(4), 9, 9, 9, 4];

    it('counts by label, downwards, and by prediction, on a scale without the diagonal', () => {
      const figure = confusionMatrix(labels, predictions);
      const [wrong, right] = traces(figure);
      same([wrong?.text[4]?.[9], wrong?.text[9]?.[4], wrong?.zmax], '["2","1",0.5]');
      same([right?.text[4]?.[4], right?.text[9]?.[9]], '["8","1"]');
      same([wrong?.z[4]?.[9], wrong?.z[4]?.[4]], '[0.2,null]');
      assert.equal(figure.layout.yaxis?.autorange, 'reversed');
      assert.equal(figure.text, texts.confusionMatrix);
    });

    it('says above what this run mistook most often, be it one thing, several or nothing', () => {
      for (const [labels, predictions, expected] of [
        [[4, 4, 4, 9], [9, 9, 4, 4], 'In this run: 4 taken for 9, twice'],
        [[1, 2], [2, 1], 'In this run, once each:<br>1 taken for 2, 2 taken for 1'],
        [[1, 2, 3, 4], [2, 1, 5, 5], 'In this run no mistake came more than once'],
        [[1, 2], [1, 2], undefined],
      ] as const) {
        const [head = ''] = notes(confusionMatrix(labels, predictions));
        assert.equal(head.match(/In this run.*?(?=<br>Hardest)/)?.[0], expected);
      }
    });
  });

  it('digitRow: each digit with its own pixels, four a row, its label over the prediction', () => {
    const figure = digitRow(greyPictures(6), {
      ...{ title: 'Six > 5 & $', labels: [7, 2, 1, 4, 5, 6], predictions: [7, 2, 8, 4, 5, 6] },
    });
    const page = pictureOf(figure);
    same(
      [0, 5, 10, 15].map(x => greyAt(page, x, 0, 4)),
      '[1,2,3,4]',
    );
    assert.equal(greyAt(page, 5, page.length - 4, 4), 6);
    assert.equal(notes(figure)[0], 'Six &#62; 5 &#38; &#36;');
    assert.equal(notes(figure)[3], 'y= 1<br>y_pred=8');
    says(figure, /^Six > 5 & \$\n5 of 6 right: y=7 y_pred=7 · y=2 y_pred=2 · y=1 y_pred=8/);
  });

  it('digitWall: a row for each digit, its first pictures, black where it has too few', () => {
    const labels = Array.from({ length: 20 }, (_, i) => i % 10);
    const figure = digitWall(greyPictures(20), labels, { samples: 3 });
    const wall = pictureOf(figure);
    for (let digit = 0; digit < 10; digit++) {
      const greys = [0, 6, 12].map(x => greyAt(wall, x, 6 * digit, 4));
      assert.deepEqual(greys, [digit + 1, digit + 11, 0]);
    }
    assert.deepEqual(figure.layout.yaxis?.tickvals?.slice(0, 2), [2, 8]);
    says(figure, /a row of 2 pictures\.$/);
    const ink = [[[0, 1, 1]], [[1, 1, 1]], [[0, 0, 9]]];
    says(
      digitWall(ink, [4, 6, 4]),
      /with 0, 0, 0, 0, 2, 0, 1, 0, 0, 0 pictures\.\n.*the 4s .* from 1 to 2 pixels/,
    );
  });

  it('forwardPass: from the picture to the probabilities, each step with its numbers', () => {
    const { dense, flatten } = tf.layers;
    const model = tf.sequential({
      layers: [
        ...[flatten({ inputShape: [2, 2] }), dense({ units: 3, activation: 'relu' })],
        dense({ units: 2, activation: 'softmax', useBias: false }),
      ],
    });
    const x = tf.tensor3d([0, 0.5, 1, 0], [1, 2, 2]);
    /** The second hidden unit gives 3.25, the others 0; it alone leads on. */
    const drawn = (...logits: number[]) => {
      const last = [[0, 0], logits.map(z => z / 3.25), [0, 0]];
      model.setWeights([tf.zeros([4, 3]), tf.tensor1d([-1, 3.25, 0]), tf.tensor2d(last)]);
      return forwardPass(model, x);
    };
    const figure = drawn(-1, 2);
    const [picture, row, hidden, logits, probabilities] = traces(figure);
    same([picture?.z, row?.z], '[[[0,0.5],[1,0]],[[0,0.5,1,0]]]');
    same([hidden?.y, logits?.y, probabilities?.y], '[[0,3.25,0],[-1,2],[0.04743,0.9526]]');
    same([logits?.text, probabilities?.text], '[["−1.0","2.0"],["5%","95%"]]');
    assert.deepEqual(logits?.marker.color, ['#9a9a9a', '#0072B2'], 'the chosen digit');
    assert.equal(figure.text, texts.forwardPass);
    assert.match(notes(figure)[3] ?? '', /e<sup>2\.00<\/sup> ÷ Σ e<sup>z<\/sup> = 7\.389/);
    says(drawn(-10, 10), /= 22,026 ÷ 22,026 > 99\.99%/);
  });

  describe('networkDiagram', () => {
    const marks = (model: tf.LayersModel, kind: string) =>
      traces(networkDiagram(model)).filter(({ mode }) => mode === kind);
    const links = (model: tf.LayersModel) =>
      marks(model, 'lines').map(({ x }) => x.filter(at => at === null).length);

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

  describe('oneStep', () => {
    it('shows probabilities beside the label, the gradient of the logits, the valley, the step', () => {
      const [picture, p, y, gradient, tangent, valley, here] = traces(oneStep(step));
      same([picture?.z, p?.y, y?.y], '[[[0,0.5],[1,0]],[0.5,0.25,0.25],[0,1,0]]');
      same([gradient?.y, gradient?.text], '[[0.5,-0.75,0.25],["↓","↑","↓"]]');
      // Through the point, by the slope −0.08.
      same([tangent?.x, tangent?.y], '[[-1,2],[2.42,2.18]]');
      same([valley?.y, here?.x, here?.y], '[[2.5,2.3,2.2,2.25,2.4],[0.5],[2.3]]');
    });

    it('says how far the step goes along the weight, and draws it from loss to loss', () => {
      const arrows = (of: OneStep) =>
        (oneStep(of).layout.annotations ?? [])
          .filter(({ showarrow }) => showarrow)
          .map(({ ax, ay, x, y }) => [ax, ay, x, y]);
      assert.ok(notes(oneStep(step)).includes('this step: +0.04 →'));
      const back = { ...step, weight: { ...step.weight, gradient: 0.08 } };
      assert.ok(notes(oneStep(back)).includes('this step: ← −0.04'));
      // Along the weight is none: its length would mean nothing.
      assert.deepEqual(arrows(step), [[0, 2.3, 0.5, 1.8]]);
      assert.deepEqual(arrows({ ...step, lossAfter: 70 }), [], 'none that leaves the plot');
    });

    it('shows those of its parts that are asked for', () => {
      const whole = Number(oneStep(step).layout.height);
      for (const [parts, heads] of [
        [[1, 2], '①②'],
        [[4, 3], '③④'],
        [[2], '②'],
      ] as const) {
        const { text, layout } = oneStep(step, { parts });
        assert.equal(text.match(/(?<=\n)[①②③④]/g)?.join(''), heads);
        assert.ok(Number(layout.height) < 0.6 * whole);
      }
    });

    it('says the same in words, which its headings repeat', () => {
      const figure = oneStep(step);
      assert.equal(figure.text, texts.oneStep);
      for (const head of notes(figure).filter(text => /^[①②③④]/.test(text))) {
        assert.ok(figure.text.includes(head.replaceAll('<br>', ' ')), head);
      }
    });

    it('claims no more than there is', () => {
      const { picture, weight } = step;
      const p = (...probabilities: number[]) => {
        return { picture: { ...picture, probabilities: Float32Array.from(probabilities) } };
      };
      const slope = { ...weight, curve: { values: [0, 1, 2], losses: [2, 1, 0] } };
      const logitGradients = Float32Array.of(0, -0.001, 0.001);
      for (const [change, expected] of [
        [{ learningRate: 50, lossAfter: 70 }, /2\.30 → 70\.00, not lower: too la/],
        [{ loss: 2.4581, lossAfter: 2.4566 }, /loss 2\.4581 → 2\.4566, lower/],
        [{ samples: 1 }, /① One picture: label 1/],
        [{ weight: slope }, /→ digit 3: the slope of the loss here, −0\.080, is the gradient/],
        [{ weight: { ...weight, fromPixel: true } }, /pixel 28 → digit 3/],
        [p(1, 0, 0), /p = 0\.00, loss −ln p > 87/],
        [p(1, 1.03e-8, 0), /p = 1\.03e-8, loss −ln p = 18\.39/],
        [{ picture: { ...picture, logitGradients } }, /that of 1 is almost 0: it is right already/],
      ] as const) {
        says(oneStep({ ...step, ...change }), expected);
      }
    });
  });

  it('nudge: the picture, what is added, magnified, and their sum; what it did to the answer', () => {
    const figure = nudge(nudged);
    const [picture, change, sum, before, after] = traces(figure);
    same([picture?.z, sum?.z], '[[[0,0.5],[1,0]],[[0.25,0.5],[0.5,0]]]');
    same([change?.z, change?.zmax], '[[[0.25,0],[-0.5,0]],0.5]');
    same([before?.y, after?.y], '[[0,0.75,0.25],[0,0.25,0.75]]');
    assert.equal(figure.text, texts.nudge);
    assert.match(notes(figure)[1] ?? '', /^② change:<br>shown × 2$/);
    // The nearest to an edge: 2 pixels lie between, or 3.
    for (const [at, hasRim] of [
      [22, true],
      [27, false],
      [45, true],
    ] as const) {
      const change = new Float32Array(64).fill(0.5, at, at + 1);
      assert.equal(nudge({ ...nudged, shape: [8, 8], change }).text.includes('rim'), hasRim);
    }
  });

  it('pixelNumbers: the 20 × 20 around the ink of a large picture, in a frame', () => {
    const data = new Uint8Array(28 * 28);
    data[6 * 28 + 8] = 7;
    data[24 * 28 + 25] = 9;
    const figure = pixelNumbers({ shape: [1, 28, 28], data });
    const [, numbers] = traces(figure);
    assert.deepEqual([numbers?.z.length, numbers?.z[0]?.length], [20, 20]);
    assert.deepEqual([numbers?.z[0]?.[1], numbers?.z[18]?.[18]], [7, 9]);
    const { x0, x1, y0, y1 } = figure.layout.shapes?.[0] ?? {};
    assert.deepEqual([x0, x1, y0, y1], [6.5, 26.5, 5.5, 25.5]);
    assert.match(notes(figure)[0] ?? '', /All others are 0\.$/);
    const full = pixelNumbers({ shape: [1, 28, 28], data: data.fill(3) });
    assert.match(notes(full)[0] ?? '', /The others are left out\.$/);
    says(figure, /2 of these are not 0, .* 9\. The digit fills rows 6 to 24 and columns 8 to 25/);
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

  it('probabilityBars: the picture of each sample, and a bar for each class, right or wrong', () => {
    const rows = [
      [0.9, 0.1, 0],
      [0.004, 0.996, 0],
      [0.3, 0.3, 0.4],
    ];
    const figure = probabilityBars(greyPictures(3), [0, 0, 2], rows);
    same(
      [0, 2, 4].map(i => greyAt(pictureOf(figure, i), 0, 0, 4)),
      '[1,2,3]',
    );
    const drawn = [1, 3].map(i => traces(figure)[i]);
    same(
      drawn.map(bars => [bars?.y, bars?.text, bars?.marker.color]),
      JSON.stringify([
        [rows[0], ['90%', '10%', ''], ['#0072B2', '#9a9a9a', '#9a9a9a']],
        [rows[1], ['', '> 99%', ''], ['#009E73', '#D55E00', '#9a9a9a']],
      ]),
    );
    const [, uncertain] = traces(
      probabilityBars(greyPictures(3), [0, 0, 2], rows, { leastCertain: 1 }),
    );
    assert.deepEqual(uncertain?.y, rows[2]);
    says(
      figure,
      /; 2 of 3 right\ny=0 y_pred=0: 0 \(90\.00%\) · 1 \(10\.00%\) · 2 \(< 0\.01%\)\ny=0 y_pred=1: 1 \(99/,
    );
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
      notes(figure).slice(1),
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
    const page = pictureOf(figure);
    const white = page[0]?.[1] ?? 0;
    assert.deepEqual(page[0]?.slice(0, 2), [0, white]);
    assert.deepEqual(page[1]?.slice(0, 2), [2 * white, 1.5 * white]);
    assert.deepEqual(page[0]?.slice(4), [2 * white, 2 * white]);
    const palette = chunkOf(sourceOf(figure), 'PLTE');
    const color = (i: number) => [...palette.subarray(3 * i, 3 * i + 3)];
    same([0, white, 2 * white].map(color), '[[0,114,178],[255,255,255],[213,94,0]]');
  });

  it('unitsBorn: a sheet of all steps, of which a slider and a button show one', () => {
    const at = (step: number, value: number) => ({
      ...{ step, loss: 1, weights: [Float32Array.of(value, 0, 0, 0), new Float32Array(4)] },
    });
    const figure = unitsBorn({ size: [2, 2], snapshots: [at(0, -1), at(10, 0.5), at(1234, 1)] });
    // A row for each step: the first pixel of the first unit goes from the least to the greatest.
    const page = pictureOf(figure);
    assert.deepEqual(
      [page[0], page[4], page[8]].map(row => row?.[0]),
      [0, 12, 16],
    );
    const { sliders = [], yaxis } = figure.layout;
    assert.deepEqual(yaxis?.range, [10, 8]);
    same(
      sliders[0]?.steps?.map(({ label, args: [change] = [] }) => [
        label,
        Object(change)['yaxis.range'],
      ]),
      '[["0",[2,0]],["10",[6,4]],["1,234",[10,8]]]',
    );
    says(figure, /\nStep 1,234: loss 1.00, 88% unmoved\n/);
    for (const other of [{ size: [0, 0], snapshots: [] }, {}, undefined, null]) {
      const expected = { name: 'RangeError', message: /callbacks: units/ };
      assert.throws(() => unitsBorn(other as never), expected);
    }
  });

  it('withoutUnit: what is lost without each unit', () => {
    const figure = withoutUnit(cost);
    const [lost] = traces(figure);
    same([lost?.x, lost?.y, lost?.text], '[[1,-0.2],[0,1],["1.00","−0.20"]]');
    says(figure, /Without unit 0, the costliest: 89.00%/);
    says(figure, /Without these 2: 40.00%/);
    says(
      figure,
      /None of these alone .* share its work\.\nWithout unit 0: 1.00 points lost\nWithout unit 1: 0.20 points gained$/,
    );
    for (const change of [{ hidden: 2 }, { largestLoss: 1.97 }, { accuracy: 0.108 }]) {
      assert.doesNotMatch(withoutUnit({ ...cost, ...change }).text, /share its work/);
    }
  });

  it('worstMistakes: what was mistaken, the surest first, as many as are asked for', () => {
    // Four samples of three classes: right, wrong with 0.6, wrong with 0.9, wrong with 0.5.
    const p = Float32Array.of(0.8, 0.1, 0.1, 0.4, 0.6, 0, 0.9, 0, 0.1, 0.5, 0.25, 0.25);
    const of = (labels: number[], count?: number) =>
      worstMistakes(greyPictures(4), labels, p, { count: count ?? 12 });
    const figure = of([0, 0, 2, 1]);
    const page = pictureOf(figure);
    same(
      [0, 5, 10].map(x => greyAt(page, x, 0, 4)),
      '[3,2,4]',
    );
    assert.equal(notes(figure)[0], 'y= 2<br>y_pred=0<br>90.00%');
    says(
      figure,
      /^3 mistakes\. In the 3 .* has from 90\.00% down to 50\.00%: y=2 y_pred=0: 90\.00% · y=0 y_pred=1: 60/,
    );
    says(of([0, 0, 2, 1], 2), /^3 mistakes\. In the 2 of which the network was surest, /);
    says(of([0, 1, 0, 1]), /^A single mistake: y=1 y_pred=0: 50\.00%$/);
    says(of([0, 1, 0, 0]), /^There is not a single mistake\.$/);
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
