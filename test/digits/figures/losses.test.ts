/** The figures that measure a loss, or an accuracy, while a model changes for a moment. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import recorded from '../../../lib/digits/figures/boundary.json';
import type { Figure } from '../../../lib/digits/figures/figure';
import { itemAt } from '../../../lib/digits/item-at';
import { setLanguage, tables } from '../../../lib/digits/language';
import { compiledModel, digitsOf } from '../../support';
import { meanLoss } from './cases';
import { notes, says, traces } from './support';

const near = (actual: number | undefined, expected: number, tolerance = 1e-4) =>
  assert.ok(Math.abs(Number(actual) - expected) <= tolerance, `${actual}, expected ${expected}`);

const bitsOf = (model: tf.LayersModel) => model.getWeights().map(weights => weights.arraySync());

/** A model, and the loss of a batch in the form of a cell. */
function batch(samples = 64, model: tf.LayersModel = compiledModel()) {
  const [x, y] = digitsOf(samples);
  const truth = tf.oneHot(y.toInt(), 10);
  return { model, loss: () => meanLoss(model, x, truth) };
}

const lossIn = (loss: () => tf.Scalar): number => tf.tidy(() => loss().arraySync()) as never;

/** Draws twice, the second time with a loss that fails half-way; the model must stay unchanged. */
function drawnWithoutTrace(model: tf.LayersModel, loss: () => tf.Scalar, draw: typeof figure) {
  const stateBefore = [tf.memory().numTensors, bitsOf(model)];
  let calls = 0;
  const failing = () => {
    if (++calls === 9) throw new Error('out of memory');
    return loss();
  };
  assert.throws(() => draw(failing), /out of memory/);
  const figure = draw(loss);
  assert.deepEqual([tf.memory().numTensors, bitsOf(model)], stateBefore);
  return figure;
}
declare function figure(loss: () => tf.Scalar): Figure;

describe('figures that measure', () => {
  before(async () => {
    await useDevice('cpu');
  });
  beforeEach(() => setLanguage('en'));

  describe('valley', () => {
    it('has the losses along the weight with the steepest gradient, and its tangent', () => {
      const { model, loss } = batch();
      const figure = drawnWithoutTrace(model, loss, loss => figures.valley(model, loss));
      const [tangent, curve, point] = traces(figure);
      const kernel = model.layers[2]?.weights[0]?.read() as tf.Variable;
      const { grads } = tf.variableGrads(loss, [kernel]);
      const gradients = Array.from(grads[kernel.name]?.dataSync() ?? []);
      const index = gradients.reduce(
        (best, g, i) => (Math.abs(g) > Math.abs(Number(gradients[best])) ? i : best),
        0,
      );
      const values = kernel.dataSync().slice();
      near(point?.x[0], itemAt(values, index));
      near(point?.y[0], lossIn(loss));
      says(figure, new RegExp(`unit ${Math.floor(index / 10)} → output ${index % 10}: a valley`));
      const slope = Number(tangent?.y[1]) - Number(tangent?.y[0]);
      near(slope / (Number(tangent?.x[1]) - Number(tangent?.x[0])), itemAt(gradients, index));
      for (const i of [0, 17, 41]) {
        values[index] = Number(curve?.x[i]);
        kernel.assign(tf.tensor2d(values, [128, 10]));
        near(curve?.y[i], lossIn(loss));
      }
      const lowest = Number(curve?.y.indexOf(Math.min(...curve.y)));
      assert.ok(lowest > 3 && lowest < 38, `the lowest is number ${lowest}`);
    });

    it('passes networks without hidden layers, and a loss without a bottom', () => {
      const { flatten, dense } = tf.layers;
      const layers = [
        flatten({ inputShape: [28, 28] }),
        dense({ units: 10, activation: 'softmax' }),
      ];
      const { model, loss } = batch(20, tf.sequential({ layers }));
      says(figures.valley(model, loss), /pixel \d+ → output/);
      const single = batch(1);
      says(figures.valley(single.model, single.loss), /the slope of the loss here/);
    });

    it('explains what it cannot take', () => {
      const { model, loss } = batch();
      const { losses, valley } = tables.en.figures;
      const refusals: [call: () => unknown, message: string][] = [
        [() => figures.valley(model, lossIn(loss) as never), losses.noFunction('number')],
        [() => figures.valley(model, (() => 2.3) as never), losses.noNumber('number')],
        [() => figures.valley(model, (() => tf.zeros([64])) as never), losses.noNumber('[64]')],
        [() => figures.valley(model, () => tf.scalar(Number.NaN)), losses.noNumber('NaN')],
        [
          () =>
            figures.valley(
              tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2] })] }),
              loss,
            ),
          valley.noDense,
        ],
      ];
      for (const [call, message] of refusals) assert.throws(call, { message });
    });
  });

  describe('learningRates', () => {
    it('has, at 0.5, the loss that the step of the optimizer leads to, and grows beyond', () => {
      const { model, loss } = batch();
      const { value, grads } = tf.variableGrads(loss);
      const figure = drawnWithoutTrace(model, loss, loss => figures.learningRates(loss, grads));
      const [curve, points] = traces(figure);
      assert.deepEqual(points?.x, [0, 0.5]);
      near(points?.y[0], itemAt(value.dataSync(), 0));
      near(curve?.y[0], itemAt(value.dataSync(), 0));
      tf.train.sgd(0.5).applyGradients(grads);
      near(points?.y[1], lossIn(loss));
      near(curve?.y[curve.x.indexOf(0.5)], lossIn(loss));
      const [before = '', after = ''] = (points?.y ?? []).map(y => y.toFixed(2));
      says(figure, new RegExp(`^All 101,770 .* rate 0.5: loss ${before} → ${after}, lower\n`));
      assert.ok(notes(figure).includes(before) && notes(figure).includes(after));
      assert.equal(Math.min(...(curve?.x ?? [])), 0, 'no step uphill');
    });

    it('draws no step that leaves the plot, also where the loss is infinite or NaN', () => {
      const { loss } = batch();
      const { grads } = tf.variableGrads(loss);
      const entries = Object.entries(grads);
      const steep = Object.fromEntries(
        entries.map(([name, gradient]) => [name, gradient.mul(1e4)]),
      );
      const figure = figures.learningRates(loss, steep);
      says(figure, /→ ∞, not lower: too large a step/);
      assert.deepEqual(traces(figure)[1]?.x, [0]);
      assert.ok(traces(figure)[0]?.y.every(Number.isFinite));
    });

    it('explains what it cannot take', () => {
      const { loss } = batch();
      const { noGradients } = tables.en.figures.learningRates;
      for (const [grads, received] of [
        [undefined, 'undefined'],
        [{}, 'Object'],
        [{ other: tf.scalar(1) }, 'other'],
      ] as const) {
        const message = noGradients(received);
        assert.throws(() => figures.learningRates(loss, grads as never), { message });
      }
    });
  });

  it('forwardPass passes other networks, to what they predict, and leaves no tensor behind', () => {
    const { conv2d, dense, dropout, flatten } = tf.layers;
    const filters = conv2d({ inputShape: [12, 12, 1], filters: 4, kernelSize: 3 });
    const hidden = dense({ units: 7, activation: 'tanh' });
    const last = dense({ units: 5, activation: 'softmax', useBias: false });
    const single = dense({ inputShape: [3], units: 2, activation: 'softmax' });
    for (const [layers, x] of [
      [[filters, flatten(), dropout({ rate: 0.5 }), hidden, last], tf.ones([1, 12, 12, 1])],
      [[single], tf.tensor2d([[1, 2, 3]])],
    ] as [tf.layers.Layer[], tf.Tensor][]) {
      const model = tf.sequential({ layers });
      const tensorsBefore = tf.memory().numTensors;
      const probabilities = traces(figures.forwardPass(model, x)).at(-1)?.y;
      assert.equal(tf.memory().numTensors, tensorsBefore);
      const expected = (model.predict(x) as tf.Tensor).dataSync();
      assert.equal(probabilities?.length, expected.length);
      for (const [i, p] of expected.entries()) near(probabilities?.[i], p, 6e-4);
    }
  });

  describe('boundary', () => {
    it('has points that no straight line separates', () => {
      for (let degree = 0; degree < 360; degree++) {
        const [dx, dy] = [Math.cos((degree * Math.PI) / 180), Math.sin((degree * Math.PI) / 180)];
        const along = (kind: number) =>
          recorded.points.flatMap(([x = 0, y = 0, k]) => (k === kind ? [x * dx + y * dy] : []));
        assert.ok(Math.max(...along(0)) > Math.min(...along(1)), `${degree}°`);
      }
    });

    it('colours as wrong what lies beyond the edge: many by a straight one, none by a bent one', () => {
      const figure = figures.boundary();
      const wrong = (at: number) =>
        [1, 2].flatMap(i => itemAt(traces(figure), at + i).marker.color as never as string[]);
      const count = (colors: string[]) => colors.filter(color => color === '#D55E00').length;
      assert.deepEqual(
        [0, 3].map(curve => wrong(curve).length),
        [40, 40],
      );
      assert.deepEqual(
        [0, 3].map(curve => count(wrong(curve))),
        [10, 0],
      );
      says(figure, /relu: 10 of 40 wrong\nWith relu: none of 40 wrong\n/);
      const bend = (at: number) => {
        const z = itemAt(traces(figure), at).z as number[][];
        const [first = [], middle = [], last = []] = [0, 20, 40].map(y => z[y]);
        return Math.max(
          ...first.map((v, x) => Math.abs(v + Number(last[x]) - 2 * Number(middle[x]))),
        );
      };
      assert.ok(bend(0) < 0.1 && bend(3) > 1, 'only relu bends');
    });
  });

  describe('withoutUnits', () => {
    it('has the accuracy of a model whose first units have no outgoing weights', () => {
      const model = compiledModel();
      const x = tf.randomUniform([200, 28, 28]);
      const y = (model.predict(x) as tf.Tensor).argMax(1).dataSync();
      const stateBefore = [tf.memory().numTensors, bitsOf(model)];
      const figure = figures.withoutUnits(model, x, y);
      assert.deepEqual([tf.memory().numTensors, bitsOf(model)], stateBefore);
      const [curve] = traces(figure);
      assert.deepEqual(curve?.x, [0, 16, 32, 48, 64, 80, 96, 112, 128]);
      assert.equal(curve?.y[0], 1);
      const [w1, b1, w2, b2] = model.getWeights().map(weight => weight.clone()) as tf.Tensor[];
      for (const [i, off] of [16, 96].entries()) {
        const on = tf.range(0, 128).greaterEqual(off).reshape([128, 1]);
        model.setWeights([w1, b1, w2?.mul(on), b2] as tf.Tensor[]);
        const hits = (model.predict(x) as tf.Tensor).argMax(1).equal(tf.tensor1d(y, 'int32'));
        const share = hits.mean().arraySync() as number;
        near(curve?.y[[1, 6][i] as number], share, 1e-6);
      }
      const half = `${(100 * Number(curve?.y[4])).toFixed(1)}%`;
      says(
        figure,
        new RegExp(`^All 128 hidden units on: 100.0% right; 16 off: .*; 64 off: ${half}\n`),
      );
    });

    it('explains which model and labels it needs', () => {
      const { dense, flatten } = tf.layers;
      const layers = [flatten({ inputShape: [28, 28] }), dense({ units: 10 })];
      const shallow = tf.sequential({ layers });
      const [x] = digitsOf(10);
      const { otherModel } = tables.en.figures.withoutUnits;
      assert.throws(() => figures.withoutUnits(shallow, x, [1]), { message: otherModel });
      assert.throws(() => figures.withoutUnits(compiledModel(), x, [1, 2]), RangeError);
    });
  });
});
