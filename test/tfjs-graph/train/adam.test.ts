/** Adam alone, against its formulas in double precision, but for what Keras has in float32. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { describeNative } from '../../native';
import { bytePictures } from '../../support';
import { fitQuietly } from './against-stock';

const [SAMPLES, BATCH, PIXELS, UNITS] = [3200, 64, 9, 32];
const [RATE, BETA1, BETA2, EPSILON] = [0.001, 0.9, 0.999, 1e-7];

/** Of nothing but positive numbers, so that no gradient is the small difference of large ones. */
const pixels = () => bytePictures(3, [SAMPLES, PIXELS] as const);
const slopes = () => tf.randomUniform([SAMPLES, UNITS], 0.1, 1, 'float32', 7);

/** A model whose gradients do not depend on its weights: the mean of pixel times slope. */
function build(): tf.Sequential {
  const dense = tf.layers.dense({
    units: UNITS,
    useBias: false,
    kernelInitializer: 'zeros',
    inputShape: [PIXELS],
  });
  const model = tf.sequential({ layers: [dense] });
  model.compile({ optimizer: 'adam', loss: (slope, output) => slope.mul(output).mean(-1) });
  return model;
}

/** Kingma and Ba’s weights after each sample was seen once, and how far each of them went. */
function reference(x: ArrayLike<number>, slope: ArrayLike<number>) {
  const size = PIXELS * UNITS;
  const [weights, m, v, way] = [0, 0, 0, 0].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let step = 1; step <= SAMPLES / BATCH; step++) {
    // Keras computes the powers in float32.
    const [power1, power2] = [BETA1, BETA2].map(beta => Math.fround(Math.fround(beta) ** step));
    const rate = (RATE * Math.sqrt(1 - (power2 ?? NaN))) / (1 - (power1 ?? NaN));
    for (let at = 0; at < size; at++) {
      const [pixel, unit] = [Math.floor(at / UNITS), at % UNITS];
      let gradient = 0;
      for (let i = (step - 1) * BATCH; i < step * BATCH; i++) {
        gradient += (x[i * PIXELS + pixel] ?? NaN) * (slope[i * UNITS + unit] ?? NaN);
      }
      gradient /= BATCH * UNITS;
      const [m0 = 0, v0 = 0, w0 = 0, way0 = 0] = [m[at], v[at], weights[at], way[at]];
      const [m1, v1] = [
        m0 + (1 - BETA1) * (gradient - m0),
        v0 + (1 - BETA2) * (gradient ** 2 - v0),
      ];
      const change = (rate * m1) / (Math.sqrt(v1) + EPSILON);
      m[at] = m1;
      v[at] = v1;
      weights[at] = w0 - change;
      way[at] = way0 + Math.abs(change);
    }
  }
  return { weights, way };
}

describeNative('Adam', () => {
  before(async () => {
    await useDevice('cpu');
  });

  // The op computes 1 - beta in float32; what is not made up for of that is 6e-6 of each step.
  for (const [name, isBytes] of [
    ['TensorFlow’s op', false],
    ['the op that makes the gradient, too', true],
  ] as const) {
    it(`takes the steps of its formulas, but for rounding: ${name}`, async () => {
      const [bytes, slope] = [pixels(), slopes()];
      const x = isBytes ? bytes : tf.tensor(bytes.dataSync(), bytes.shape);
      const model = build();
      const options = { batchSize: BATCH, epochs: 1, validationSplit: 0 };
      const { said } = await fitQuietly(model, x, slope, options);
      assert.equal(said, '', 'recorded, not fallen back');
      const { weights, way } = reference(bytes.dataSync(), slope.dataSync());
      const trained = model.getWeights()[0]?.dataSync() ?? [];
      assert.equal(trained.length, weights.length);
      for (const [at, expected] of weights.entries()) {
        const error = Math.abs((trained[at] ?? NaN) - expected);
        assert.ok(error <= 2e-6 * (way[at] ?? NaN), `weight ${at}: off by ${error}`);
      }
    });
  }
});
