/** The ops of a convolution block and its gradients, compared with TensorFlow.js's ops. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { at } from '../../../lib/tfjs-graph/array';
import { attrsOf } from '../../../lib/tfjs-graph/native/layers/convolutions';
import { describeNative } from '../../native';
import { assertClose } from '../train/against-stock';
import { binding, floats, make, runOp, useAddon } from './own-op';

before(useAddon);

interface Shape {
  readonly samples: number;
  readonly same: boolean;
  readonly relu: boolean;
  readonly pool: { size: [number, number]; strides: [number, number]; same: boolean };
  readonly picture: readonly [number, number, number];
  readonly kernel: readonly [number, number];
  readonly filters: number;
}

/** Numbers with many duplicates, so that windows have several maxima. */
const some = (shape: number[], seed: number) =>
  tf.tidy(() => tf.randomUniform(shape, -4, 4, 'float32', seed).round().div(4));

/** The block by TensorFlow.js. */
function stock({ same, relu, pool }: Shape) {
  return (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => {
    const sum = tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, same ? 'same' : 'valid').add(b);
    const activated = (relu ? sum.relu() : sum) as tf.Tensor4D;
    return tf.maxPool(activated, pool.size, pool.strides, pool.same ? 'same' : 'valid');
  };
}

function run(shape: Shape) {
  const { samples, picture, kernel, filters } = shape;
  const x = some([samples, ...picture], 1);
  const w = some([...kernel, picture[2], filters], 2);
  const b = some([filters], 3);
  const [y, slope] = tf.tidy(() => {
    const y = stock(shape)(x, w, b);
    return [y, some(y.shape, 4)];
  });
  const expected = tf.grads(stock(shape))([x, w, b], slope);
  const attrs = attrsOf(make, shape, shape.pool);
  const [output, chosen] = runOp('ConvBlock', attrs, [x, w, b].map(floats), 2);
  assert.ok(output && chosen);
  const gradients = runOp(
    'ConvBlockGrad',
    [...attrs, make.bool('with_input', true)],
    [
      floats(x),
      floats(w),
      { ...output, dtype: binding.TF_FLOAT },
      { ...chosen, dtype: binding.TF_INT32 },
      floats(slope),
    ],
    3,
  ).map(({ values }) => values);
  const near = (actual: ArrayLike<number>, wanted: tf.Tensor, what: string) =>
    assertClose(actual, wanted.dataSync(), 1e-4, what);
  try {
    near(output.values, y, 'output');
    near(at(gradients, 0), at(expected, 1), 'gradient of the filters');
    near(at(gradients, 1), at(expected, 2), 'gradient of the biases');
    near(at(gradients, 2), at(expected, 0), 'gradient of the input');
  } finally {
    tf.dispose([x, w, b, y, slope, expected]);
  }
}

const usual: Shape = {
  samples: 5,
  picture: [9, 8, 3],
  kernel: [3, 3],
  filters: 6,
  same: false,
  relu: true,
  pool: { size: [2, 2], strides: [2, 2], same: false },
};

describeNative('ConvBlock and ConvBlockGrad', () => {
  it('give what a convolution, ReLU, max pooling and their gradients give, of any shape', () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    // Below, at and beyond a register, and several.
    const width = fc.constantFrom(1, 3, 8, 16, 17, 32, 33, 64, 70);
    const shape = fc.record<Shape>({
      samples: size(4),
      picture: fc.tuple(fc.integer({ min: 6, max: 12 }), fc.integer({ min: 6, max: 12 }), width),
      kernel: fc.tuple(size(4), size(4)),
      filters: width,
      same: fc.boolean(),
      relu: fc.boolean(),
      pool: fc.record({
        size: fc.tuple(size(3), size(3)),
        strides: fc.tuple(size(3), size(3)),
        same: fc.boolean(),
      }),
    });
    fc.assert(fc.property(shape, run), { numRuns: 60 });
  }).timeout(120_000);

  const cases: Record<string, Partial<Shape>> = {
    'a kernel as large as the picture': {
      kernel: [9, 8],
      pool: { size: [1, 1], strides: [1, 1], same: false },
    },
    'a window as large as the output': { pool: { ...usual.pool, size: [7, 6] } },
    'padding wider than the picture': { picture: [2, 2, 3], kernel: [5, 5], same: true },
    'many channels': { picture: [5, 5, 200], filters: 130 },
  };
  for (const [name, change] of Object.entries(cases)) {
    it(`take ${name}`, () => run({ ...usual, ...change }));
  }

  it('hand the gradient to the first of equal numbers, and leave what is no number what it is', () => {
    const shape: Shape = { ...usual, samples: 1 };
    const largest = (...picture: number[]) => {
      const inputs = [
        floats(tf.tensor(picture, [1, 2, 2, 1])),
        floats(tf.ones([1, 1, 1, 1])),
        floats(tf.zeros([1])),
      ];
      const outputs = runOp('ConvBlock', attrsOf(make, shape, shape.pool), inputs, 2);
      return outputs.map(({ values }) => values[0]);
    };
    assert.deepEqual(largest(1, 1, 1, 1), [1, 0]);
    for (const position of [0, 1, 2, 3]) {
      const picture = [0, 1, 2, 3].map(pixel => (pixel === position ? Number.NaN : 1));
      assert.equal(largest(...picture)[0], Number.NaN);
    }
  });

  it('refuse pictures, filters and biases that do not fit', () => {
    const zeros = (...shape: number[]) => floats(tf.zeros(shape));
    for (const [x, filters, bias] of [
      [zeros(5, 9, 8, 3), zeros(3, 3, 2, 6), zeros(6)],
      [zeros(5, 9, 8, 3), zeros(3, 3, 3, 6), zeros(5)],
      [zeros(9, 8, 3), zeros(3, 3, 3, 6), zeros(6)],
    ] as const) {
      assert.throws(
        () => runOp('ConvBlock', attrsOf(make, usual, usual.pool), [x, filters, bias], 2),
        /Expected pictures, filters and biases that fit each other/,
      );
    }
  });
});
