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
  digitAccuracy,
  digitRow,
  digitWall,
  networkDiagram,
  ORIGINAL_RUN,
  oneStep,
  pixelNumbers,
  probabilityBars,
  redrawDigits,
  unitWeights,
  worstMistakes,
} from '../../../lib/digits/figures';
import { drawForwardPass } from '../../../lib/digits/figures/forward-pass';
import type { OneStep } from '../../../lib/digits/network/one-step';
import { divide } from '../../../lib/digits/training/divide';
import { projectRoot } from '../../../lib/tools/project/paths';
import { compiledModel } from '../../support';
import { chunkOf, greyAt, greyPictures, notes, pictureOf, same, sourceOf, traces } from './support';

describe('figures', () => {
  before(() => useDevice('cpu'));

  describe('baselines', () => {
    it('shows what is right and what is wrong of each, on a scale from 0 to 1', () => {
      const figure = baselines(0.9753);
      const [right, wrong] = traces(figure);
      assert.deepEqual(right?.x, [0.1135, 0.923, 0.9753, 0.991]);
      assert.deepEqual(
        wrong?.x,
        right?.x.map(share => 1 - share),
      );
      assert.deepEqual(figure.layout.xaxis?.range, [0, 1]);
      assert.match(figure.text, /\nNo hidden layer: ≈ 92% right, ≈ 8% wrong\n/);
      assert.match(figure.text, /\nThis network: 97\.53% right, 2\.47% wrong\n/);
    });

    it('has the exact accuracy of always answering 1, which is the commonest digit', async () => {
      const [, [, labels]] = await loadData();
      const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
      const counts = digits.map(digit => labels.data.filter(label => label === digit).length);
      assert.equal(counts[1], Math.max(...counts));
      assert.equal(Number(counts[1]) / labels.data.length, traces(baselines(0.5))[0]?.x[0]);
    });
  });

  describe('classCounts', () => {
    it('counts each digit, training beside test', () => {
      const figure = classCounts([0, 0, 9, 3], Uint8Array.of(9, 9));
      const [training, test] = traces(figure);
      assert.deepEqual(training?.y, [2, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
      assert.deepEqual(test?.y, [0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
      assert.deepEqual(training?.text, ['2', '', '', '1', '', '', '', '', '', '1']);
      assert.match(figure.text, /\ntraining: 2 · 0 · 0 · 1 .*\ntest: 0 · 0/);
    });
  });

  describe('confusionMatrix', () => {
    // 4 is taken for 9 twice in ten times, 9 for 4 once in two times.
    const labels = [...new Array(10).fill(4), 9, 9];
    const predictions = [...new Array(8).fill(4), 9, 9, 9, 4];

    it('counts by label, downwards, and by prediction, and colours mistakes', () => {
      const figure = confusionMatrix(labels, predictions);
      const [wrong, right] = traces(figure);
      assert.deepEqual([wrong?.text[4]?.[9], wrong?.text[9]?.[4]], ['2', '1']);
      assert.deepEqual([right?.text[4]?.[4], right?.text[9]?.[9]], ['8', '1']);
      assert.deepEqual([wrong?.text[0]?.[1], wrong?.z[0]?.[1]], ['', 0]);
      // Mistakes are coloured by their share of the label, on a scale without the diagonal.
      assert.deepEqual([wrong?.z[4]?.[9], wrong?.zmax, wrong?.z[4]?.[4]], [0.2, 0.5, null]);
      assert.equal(figure.layout.yaxis?.autorange, 'reversed');
      assert.equal(
        figure.text,
        'Confusion matrix: 3 of 12 wrong. The most common mistakes:\n4 taken for 9: 2\n9 taken for 4: 1',
      );
    });

    it('says above what this run mistook most often, be it one thing, several or nothing', () => {
      const told = (labels: number[], predictions: number[]) =>
        notes(confusionMatrix(labels, predictions))[0]?.split('<br>').slice(1).join(' ');
      const alike = 'In this run, once each: 1 taken for 2, 2 taken for 1';
      assert.equal(told(labels, predictions), 'In this run: 4 taken for 9, twice');
      assert.equal(told([1, 2], [2, 1]), alike);
      assert.equal(told([1, 2, 3, 4], [2, 1, 5, 5]), 'In this run no mistake came more than once');
      assert.equal(told([1, 2], [1, 2]), '');
    });
  });

  describe('digitAccuracy', () => {
    it('has the share of each digit that is recognised, and a line at that of all', () => {
      const figure = digitAccuracy([0, 0, 0, 0, 7, 7], [0, 0, 0, 8, 7, 1]);
      const [bars] = traces(figure);
      same([bars?.x, bars?.y], '[[0,7],[0.75,0.5]]');
      same(bars?.customdata, '[["3","4"],["1","2"]]');
      assert.deepEqual(figure.layout.yaxis?.range, [0, 1]);
      assert.equal(figure.layout.shapes?.[0]?.y0, 4 / 6);
      assert.equal(notes(figure)[0], '- - all digits 66.7%');
      assert.equal(
        figure.text,
        'Accuracy by digit: 66.7% over all samples, lowest for 7\n0: 75.0% (3 of 4)\n7: 50.0% (1 of 2)',
      );
    });

    it('sets the lowest apart by colour and name: all of them, and none if all are alike', () => {
      const tied = digitAccuracy([0, 1, 2], [0, 2, 1]);
      assert.match(tied.text, /over all samples, lowest for 1, 2\n/);
      const alike = digitAccuracy([0, 1, 2], [1, 2, 0]);
      assert.equal(new Set(traces(alike)[0]?.marker.color).size, 1);
      assert.match(alike.text, /0\.0% over all samples\n/);
      assert.equal(notes(alike).length, 1);
    });
  });

  describe('digitRow', () => {
    const [labels, predictions] = [
      [7, 2, 1, 4, 5, 6],
      [7, 2, 8, 4, 5, 6],
    ];
    const options = { title: 'The first 6 > 5 & $', labels, predictions };

    it('draws each digit with its own pixels, four a row, its label over the prediction', () => {
      const figure = digitRow(greyPictures(6), options);
      const page = pictureOf(figure);
      const greys = [0, 5, 10, 15].map(x => greyAt(page, x, 0, 4));
      assert.deepEqual(greys, [1, 2, 3, 4]);
      assert.equal(greyAt(page, 5, page.length - 4, 4), 6);
      assert.equal(notes(figure)[3], 'y= 1<br>y_pred=8');
      const [, first, , third, , fifth] = figure.layout.annotations ?? [];
      assert.deepEqual([first?.x, first?.y, third?.x, fifth?.x], [2, 0, 12, 2]);
      assert.equal(notes(figure)[0], 'The first 6 &#62; 5 &#38; &#36;');
      assert.match(
        figure.text,
        /^The first 6 > 5 & \$\ny=7 y_pred=7 · y=2 y_pred=2 · y=1 y_pred=8/,
      );
    });
  });

  it('digitWall has a row for each digit, its first pictures, black where it has too few', () => {
    const labels = Array.from({ length: 20 }, (_, i) => i % 10);
    const figure = digitWall(greyPictures(20), labels, { samples: 3 });
    const wall = pictureOf(figure);
    for (let digit = 0; digit < 10; digit++) {
      const greys = [0, 6, 12].map(x => greyAt(wall, x, 6 * digit, 4));
      assert.deepEqual(greys, [digit + 1, digit + 11, 0]);
    }
    assert.deepEqual(figure.layout.yaxis?.tickvals?.slice(0, 2), [2, 8]);
    assert.match(figure.text, /with 2, 2, .* pictures/);
  });

  describe('forwardPass', () => {
    const steps = {
      shape: [2, 2],
      input: Float32Array.of(0, 0.5, 1, 0),
      hidden: Float32Array.of(0, 3.25, 0),
      logits: Float32Array.of(-1, 2),
      probabilities: Float32Array.of(0.0474259, 0.9525741),
    };

    it('goes from the picture to the probabilities, and says each step with its numbers', () => {
      const figure = drawForwardPass(steps);
      const [picture, row, hidden, logits, probabilities] = traces(figure);
      same([picture?.z, row?.z], '[[[0,0.5],[1,0]],[[0,0.5,1,0]]]');
      same([hidden?.y, logits?.y], '[[0,3.25,0],[-1,2]]');
      assert.deepEqual(probabilities?.y, [0.047426, 0.952574]);
      same([logits?.text, probabilities?.text], '[["−1.0","2.0"],["5%","95%"]]');
      assert.deepEqual(logits?.marker.color, ['#9a9a9a', '#0072B2'], 'the chosen digit');
      assert.equal(
        figure.text,
        [
          '① 2 × 2 pixels: 4 numbers in a row, 2 of them not 0',
          '② 3 hidden activations: 2 are 0; unit 1 has the largest, 3.25',
          '③ 2 logits, positive or negative: digit 1 has the largest, 2.00',
          '④ softmax gives 2 probabilities, for digit 1: e^2.00 ÷ Σ e^z = 7.389 ÷ 7.757 = 95.26%',
        ].join('\n'),
      );
      assert.match(notes(figure)[3] ?? '', /e<sup>2\.00<\/sup> ÷ Σ e<sup>z<\/sup> = 7\.389/);
    });
  });

  describe('networkDiagram', () => {
    const marks = (model: tf.LayersModel, kind: string) =>
      traces(networkDiagram(model)).filter(({ mode }) => mode === kind);
    const links = (model: tf.LayersModel) =>
      marks(model, 'lines').map(({ x }) => x.filter(at => at === null).length);

    it("draws the lesson's model: few units in full, of many the ends, those that learn in blue", () => {
      const rows = marks(compiledModel(), 'text+markers');
      same(
        rows.map(({ x, marker }) => [x.length, marker.symbol, marker.color]),
        '[[1,"square","#ffffff"],[8,"circle","#ffffff"],[8,"circle","#0072B2"],[10,"circle","#0072B2"]]',
      );
      assert.deepEqual(links(compiledModel()), [8, 64, 80]);
      const words = notes(networkDiagram(compiledModel()));
      assert.deepEqual(words.slice(0, 3), [
        '<b>input</b><br>shape (None, 28, 28)',
        '<b>flatten (Flatten)</b><br>output shape (None, 784)',
        '<b>dense (Dense, relu)</b><br>output shape (None, 128)<br>784 × 128 + 128<br>= 100,480 parameters',
      ]);
      assert.equal(words.filter(text => text === '<b>…</b>').length, 2);
      assert.ok(words.includes('<b>Total parameters: 101,770</b>'));
    });

    it('draws any stack: pictures as squares, each parameter counted', () => {
      const model = tf.sequential();
      model.add(tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 3, kernelSize: 3 }));
      model.add(tf.layers.batchNormalization());
      model.add(tf.layers.flatten());
      model.add(tf.layers.dropout({ rate: 0.5 }));
      model.add(tf.layers.dense({ units: 4, activation: 'tanh', useBias: false }));
      same(
        marks(model, 'text+markers').map(({ x, marker }) => `${x.length} ${marker.symbol}`),
        '["1 square","3 square","3 square","8 circle","8 circle","4 circle"]',
      );
      assert.deepEqual(links(model), [3, 3, 8, 8, 32], 'all to all before what reads all');
      assert.equal(
        networkDiagram(model).text,
        [
          'The network',
          'input: (None, 8, 8, 1)',
          'conv2d (Conv2D, linear): (None, 6, 6, 3), 3 × 3 × 1 × 3 + 3 = 30 parameters',
          'batch_normalization (BatchNormalization): (None, 6, 6, 3), 3 + 3 + 3 + 3 = 12 parameters',
          'flatten (Flatten): (None, 108)',
          'dropout (Dropout): (None, 108)',
          'dense (Dense, tanh): (None, 4), 108 × 4 = 432 parameters',
          'Total parameters: 474',
        ].join('\n'),
      );
    });
  });

  describe('oneStep', () => {
    const step: OneStep = {
      picture: {
        shape: [2, 2],
        pixels: Float32Array.of(0, 0.5, 1, 0),
        label: 1,
        probabilities: Float32Array.of(0.5, 0.25, 0.25),
        logitGradients: Float32Array.of(0.5, -0.75, 0.25),
      },
      samples: 64,
      loss: 2.3,
      gradients: [],
      weight: {
        input: 28,
        digit: 3,
        fromPixel: false,
        value: 0.5,
        gradient: -0.08,
        curve: { values: [-1, 0.5, 2, 3.5, 5], losses: [2.5, 2.3, 2.2, 2.25, 2.4] },
      },
      learningRate: 0.5,
      parameters: 101770,
      path: { rates: [-0.2, 0, 0.5, 1, 2], losses: [2.7, 2.3, 1.8, 1.6, 1.9] },
      lossAfter: 1.8,
    };
    const arrows = (of: OneStep) =>
      (oneStep(of).layout.annotations ?? []).filter(({ showarrow }) => showarrow) as {
        [key in 'x' | 'y' | 'ax' | 'ay']: number;
      }[];

    it('shows probabilities beside the label, the gradient of the logits, the valley, the step', () => {
      const [picture, p, y, gradient, valley, tangent, here] = traces(oneStep(step));
      same(picture?.z, '[[0,0.5],[1,0]]');
      same([p?.y, y?.y], '[[0.5,0.25,0.25],[0,1,0]]');
      same([gradient?.y, gradient?.text], '[[0.5,-0.75,0.25],["↓","↑","↓"]]');
      assert.deepEqual(valley?.y, step.weight.curve.losses);
      const [[x0 = 0, x1 = 0] = [], [y0 = 0, y1 = 0] = []] = [tangent?.x, tangent?.y];
      assert.ok(Math.abs((y1 - y0) / (x1 - x0) + 0.08) < 1e-3);
      assert.deepEqual([here?.x, here?.y], [[0.5], [2.3]]);
    });

    it('points downhill along the weight, whichever way that is, and from loss to loss', () => {
      const [down, taken] = arrows(step);
      assert.ok(down && down.x > down.ax && down.y < down.ay);
      assert.deepEqual([taken?.ax, taken?.ay, taken?.x, taken?.y], [0, 2.3, 0.5, 1.8]);
      const [back] = arrows({ ...step, weight: { ...step.weight, gradient: 0.08 } });
      assert.ok(back && back.x < back.ax && back.y < back.ay);
      assert.equal(arrows({ ...step, weight: { ...step.weight, gradient: 0 } }).length, 1);
    });

    it('says the same in words, which its headings repeat', () => {
      const figure = oneStep(step);
      assert.equal(
        figure.text,
        [
          'One step of learning',
          '① The first of 64 pictures: label 1, p = 0.25, loss −ln p = 1.39',
          '② p − y is the gradient of the logits: that of 1 is −0.75, so push it up; all others down',
          '③ One weight alone, hidden unit 28 → digit 3: a valley; its slope here, −0.080, is the gradient',
          '④ All 101,770 parameters step, learning rate 0.5: loss 2.30 → 1.80, lower',
          'The curve of ③: from 2.50 down to 2.20, where the weight is 2.00, then up to 2.40',
          'The curve of ④: the lowest loss is 1.60, at a learning rate of 1; at 2 it is 1.90',
        ].join('\n'),
      );
      for (const head of notes(figure).slice(0, 4)) {
        assert.ok(figure.text.includes(head.replace('<br>', ' ')), head);
      }
    });

    it('claims no more than there is', () => {
      const { picture, weight } = step;
      const told = (change: Partial<OneStep>) => oneStep({ ...step, ...change }).text;
      const slope = { ...weight, curve: { values: [0, 1, 2], losses: [2, 1, 0] } };
      const far = { learningRate: 50, lossAfter: 70 };
      assert.match(told(far), /2\.30 → 70\.00, not lower: too large/);
      const short = { learningRate: 0.001, loss: 2.4581, lossAfter: 2.4566 };
      assert.match(told(short), /learning rate 0\.001: loss 2\.4581 → 2\.4566, lower/);
      assert.match(told({ samples: 1 }), /① One picture: label 1/);
      assert.match(told({ weight: slope }), /③ .*: the slope of the loss here/);
      assert.match(told({ weight: slope }), /2\.00 to 0\.00, with no bottom in sight/);
      assert.match(told({ weight: { ...weight, fromPixel: true } }), /pixel 28 → digit 3/);
      const sure = { ...picture, probabilities: Float32Array.of(1, 0, 0) };
      assert.match(told({ picture: sure }), /p = 0\.00, loss −ln p > 87/);
    });
  });

  describe('pixelNumbers', () => {
    it('shows the 20 × 20 around the ink of a large picture, in a frame', () => {
      const data = new Uint8Array(28 * 28);
      data[6 * 28 + 8] = 7;
      data[24 * 28 + 25] = 9;
      const figure = pixelNumbers({ shape: [1, 28, 28], data });
      const [, numbers] = traces(figure);
      assert.deepEqual([numbers?.z.length, numbers?.z[0]?.length], [20, 20]);
      assert.deepEqual([numbers?.y0, numbers?.x0], [6, 7]);
      assert.deepEqual([numbers?.z[0]?.[1], numbers?.z[18]?.[18]], [7, 9]);
      const { x0, x1, y0, y1 } = figure.layout.shapes?.[0] ?? {};
      assert.deepEqual([x0, x1, y0, y1], [6.5, 26.5, 5.5, 25.5]);
      assert.match(notes(figure)[0] ?? '', /All others are 0\.$/);
      const full = pixelNumbers({ shape: [1, 28, 28], data: data.fill(3) });
      assert.match(notes(full)[0] ?? '', /The others are left out\.$/);
    });

    it('shows the numbers that it is given, those of divide too, in three characters', () => {
      const x = divide({ shape: [1, 1, 4], data: Uint8Array.of(0, 51, 254, 255) }, 255);
      const [picture, numbers] = traces(pixelNumbers(x));
      assert.deepEqual(numbers?.text, [['0', '.20', '1.0', '1']]);
      same([picture?.z, numbers?.z], '[[[0,51,254,255]],[[0,51,254,255]]]');
      const shares = pixelNumbers(tf.tensor3d([[[0, 0.5, 1]]]));
      assert.match(shares.text, /0 is black, 1 is white\. Of these, 2 are not 0.* largest is 1/);
      const halves = divide({ shape: [1, 1, 2], data: Uint8Array.of(0, 255) }, 510);
      assert.match(pixelNumbers(halves).text, /0 is black, 0\.5 is white/);
    });
  });

  describe('probabilityBars', () => {
    const rows = [
      [0.9, 0.1, 0],
      [0.004, 0.996, 0],
    ];
    const figure = () => probabilityBars(greyPictures(2), [0, 0], rows);

    it('has the picture of each sample, and a bar for each class, coloured by right and wrong', () => {
      same(
        [0, 1].map(i => greyAt(pictureOf(figure(), i), 0, 0, 4)),
        '[1,2]',
      );
      const [, , first, second] = traces(figure());
      assert.deepEqual([first?.y, second?.y], rows);
      same([first?.text, second?.text], '[["90%","10%",""],["","> 99%",""]]');
      same(
        [first, second].map(bars => bars?.marker.color),
        '[["#0072B2","#9a9a9a","#9a9a9a"],["#009E73","#D55E00","#9a9a9a"]]',
      );
      assert.match(
        figure().text,
        /\ny=0 y_pred=0: 0 90\.00%, 1 10\.00%, 2 0\.00%\ny=0 y_pred=1: 1 99/,
      );
    });
  });

  describe('redrawDigits', () => {
    const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 10);
    const predictions = labels.map(label => (label === 7 ? 1 : label));
    const drawn = (draws = 12) => redrawDigits(greyPictures(60), labels, predictions, { draws });
    /** The digits' greys on the sheet, draw after draw. */
    const greys = (figure = drawn()): number[] => {
      const page = pictureOf(figure);
      const count = (4 * (page.length + 10)) / 14;
      return Array.from({ length: count }, (_, i) =>
        greyAt(page, (i % 4) * 14, Math.floor(i / 4) * 14, 4),
      );
    };

    it('draws twelve times four, no digit twice, each with its own label over the prediction', () => {
      const figure = drawn();
      const all = greys(figure);
      assert.equal(new Set(all).size, 48);
      assert.deepEqual(
        notes(figure).slice(1),
        all.map(grey => `y= ${labels[grey - 1]}<br>y_pred=${predictions[grey - 1]}`),
      );
      assert.match(figure.text.split('\n')[12] ?? '', /^12: y=\d y_pred=\d( · y=\d y_pred=\d){3}$/);
    });

    it('goes through as many draws as there are images for, and needs no button for one', () => {
      const nine = redrawDigits(greyPictures(9), labels.slice(0, 9), labels.slice(0, 9));
      assert.equal(notes(nine).length, 9);
      assert.deepEqual(drawn(1).layout.updatemenus, []);
    });
  });

  describe('unitWeights', () => {
    /** A model of 2 × 2 pictures whose units have the given weights, one a pixel. */
    function modelOf(...units: number[][]): tf.Sequential {
      const model = tf.sequential();
      model.add(tf.layers.flatten({ inputShape: [2, 2] }));
      model.add(tf.layers.dense({ units: units.length }));
      model.setWeights([tf.tensor2d(units).transpose(), tf.zeros([units.length])]);
      return model;
    }

    it("draws each unit's weights in the places of the pixels, blue, white for 0, or orange", () => {
      const figure = unitWeights(modelOf([-1, 0, 1, 0.5], [1, 1, -1, -1]));
      const page = pictureOf(figure);
      const white = page[0]?.[1] ?? 0;
      assert.deepEqual(page[0]?.slice(0, 2), [0, white]);
      assert.deepEqual(page[1]?.slice(0, 2), [2 * white, 1.5 * white]);
      assert.deepEqual(page[0]?.slice(4), [2 * white, 2 * white]);
      assert.deepEqual(page[1]?.slice(4), [0, 0]);
      const palette = chunkOf(sourceOf(figure), 'PLTE');
      const color = (i: number) => [...palette.subarray(3 * i, 3 * i + 3)];
      same([0, white, 2 * white].map(color), '[[0,114,178],[255,255,255],[213,94,0]]');
      const { marker, text } = traces(figure)[1] ?? {};
      assert.deepEqual([marker?.cmin, marker?.cmax, text], [-1, 1, ['0', '1']]);
    });
  });

  describe('worstMistakes', () => {
    // Four samples of three classes: right, wrong with 0.6, wrong with 0.9, wrong with 0.5.
    const labels = [0, 0, 2, 1];
    const p = Float32Array.of(0.8, 0.1, 0.1, 0.4, 0.6, 0, 0.9, 0, 0.1, 0.5, 0.25, 0.25);

    it('shows what was mistaken, the surest first, as many as are asked for', () => {
      const figure = worstMistakes(greyPictures(4), labels, p);
      const page = pictureOf(figure);
      same(
        [0, 5, 10].map(x => greyAt(page, x, 0, 4)),
        '[3,2,4]',
      );
      assert.equal(notes(figure)[0], 'y= 2<br>y_pred=0<br>90.00%');
      assert.match(figure.text, /surest:\ny=2 y_pred=0: 90\.00%\ny=0 y_pred=1: 60\.00%/);
      const two = worstMistakes(greyPictures(4), labels, p, { count: 2 });
      assert.match(two.text, /^3 mistakes; the 2 of which the network was surest:\n/);
      assert.equal(notes(two).length, 2);
    });

    it('speaks of one mistake as of one, and says so if there is none', () => {
      const told = (labels: number[]) => worstMistakes(greyPictures(4), labels, p).text;
      assert.match(told([0, 1, 0, 1]), /^A single mistake:\ny=1 y_pred=0: 50\.00%$/);
      assert.equal(told([0, 1, 0, 0]), 'There is not a single mistake.');
    });
  });

  it("ORIGINAL_RUN is the run in the lesson's tables", () => {
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
