/** The gradients of the layers against finite differences of the loss. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { at } from '../../../../lib/tfjs-graph/array';
import { ACTIVATIONS } from '../../../../lib/tfjs-graph/train/wasm/activations';
import { type LayerSpec, Network } from '../../../../lib/tfjs-graph/train/wasm/network';
import { area, type Size, windowOn } from '../../../../lib/tfjs-graph/train/wasm/pictures';

const CLASSES = 3;
const SAMPLES = 4;
const H = 2 ** -6;

const trainable = (shape: number[], seed: number) => ({
  variable: tf.variable(tf.randomNormal(shape, 0, 0.4, 'float32', seed)),
  slots: [],
});

const size = (max: number): fc.Arbitrary<Size> =>
  fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));

const convolutions = fc.record({
  size: size(3),
  strides: size(3),
  padding: fc.constantFrom('same' as const, 'valid' as const),
  filters: fc.integer({ min: 1, max: 6 }),
  // Smooth ones: at a bend, differences are no slopes.
  activation: fc.constantFrom('linear', 'tanh', 'sigmoid'),
  hasBias: fc.boolean(),
});

/** Two convolutions and a Dense layer, on pictures that are large enough. */
const networks = fc.record({
  picture: fc.tuple(fc.integer({ min: 4, max: 7 }), fc.integer({ min: 4, max: 7 })),
  channels: fc.integer({ min: 1, max: 5 }),
  first: convolutions,
  second: convolutions,
  weights: fc.option(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 })),
});

type Convolution = typeof convolutions extends fc.Arbitrary<infer T> ? T : never;

function convolution(input: Size, channels: number, of: Convolution, seed: number) {
  const fitted: Size = [Math.min(of.size[0], input[0]), Math.min(of.size[1], input[1])];
  const { filters, strides, padding, activation, hasBias } = of;
  return {
    kind: 'convolution',
    window: windowOn(input, fitted, strides, padding),
    channels,
    filters,
    activation: ACTIVATIONS[activation],
    kernel: trainable([...fitted, channels, filters], seed),
    bias: hasBias ? trainable([filters], seed + 1) : undefined,
  } as const;
}

describe('the gradients of layers in WebAssembly', () => {
  before(() => tf.setBackend('cpu'));

  it('are those that finite differences give', () => {
    fc.assert(
      fc.property(networks, ({ picture, channels, first, second, weights }) => {
        const lower = convolution(picture, channels, first, 1);
        const upper = convolution(lower.window.output, lower.filters, second, 3);
        const inputs = area(upper.window.output) * upper.filters;
        const dense: LayerSpec = {
          kind: 'dense',
          inputs,
          units: CLASSES,
          kernel: trainable([inputs, CLASSES], 5),
          bias: trainable([CLASSES], 6),
        };
        // A step of descent at a rate of 1 moves each weight by its gradient.
        const network = new Network(
          [lower, upper, dense],
          'descend',
          area(picture) * channels,
          SAMPLES,
        );
        for (const parameter of network.parameters) parameter.load();
        const { input } = network;
        const x = tf.randomUniform([SAMPLES, input.columns], -1, 1, 'float32', 9);
        input.write(x.dataSync() as Float32Array);
        const labels = Int32Array.of(0, 2, 1, 2);
        const targets = { labels, weights: weights ? Float32Array.from(weights) : undefined };
        const before = network.parameters.map(({ place }) => place.read());
        network.train(targets, [1]);
        const after = network.parameters.map(({ place }) => place.read());
        for (const [i, { place: matrix }] of network.parameters.entries()) {
          matrix.write(at(before, i));
        }
        assert.equal(before.length, 4 + Number(first.hasBias) + Number(second.hasBias));
        for (const [i, { place: matrix }] of network.parameters.entries()) {
          // One number of each row is enough.
          for (let row = 0; row < matrix.rows; row++) {
            const column = row % matrix.columns;
            const place = row * matrix.rowStride + column;
            const lossAt = (by: number) => {
              matrix.values[place] = at(matrix.values, place) + by;
              const { loss } = network.test(targets);
              matrix.values[place] = at(matrix.values, place) - by;
              return loss;
            };
            const slope = (lossAt(H) - lossAt(-H)) / (2 * H);
            const k = row * matrix.columns + column;
            const own = at(at(before, i), k) - at(at(after, i), k);
            assert.ok(Math.abs(own - slope) < 1e-3, `${own} for ${slope}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
