/** The gradients that are added to the WebAssembly engine, compared with the engine in plain JavaScript. */
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { assertClose } from '../train/against-stock';

type Function = (...inputs: tf.Tensor[]) => tf.Tensor;
type Padding = 'same' | 'valid';
type Pictures = tf.Tensor4D;

const numbers = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, 'float32', seed);

/** The result of a function, then the gradients, on an engine. */
async function measured(engine: string, f: Function, shapes: number[][]): Promise<tf.TypedArray[]> {
  await tf.setBackend(engine);
  return tf.tidy(() => {
    // Freed memory that is not 0: a kernel must not rely on zeros.
    tf.dispose([1, 8, 64, 512].map(size => tf.fill([size, 3], 7)));
    const inputs = shapes.map((shape, i) => numbers(shape, i + 1));
    const output = f(...inputs);
    const slopes = numbers(output.shape, 9);
    const gradients = tf.grads((...all) => f(...all).mul(slopes))(inputs);
    return [output, ...gradients].map(tensor => tensor.dataSync());
  });
}

const cases: Record<string, [Function, ...number[][]]> = {
  'rows that are gathered': [x => tf.gather(x, tf.tensor1d([2, 0, 2, 4], 'int32')), [5, 3]],
  'columns that are gathered': [x => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'), 1), [3, 5, 2]],
  'a transposed convolution': [
    (x, w) => tf.conv2dTranspose(x as Pictures, w as Pictures, [2, 9, 9, 3], 2, 'valid'),
    [2, 4, 4, 2],
    [3, 3, 3, 2],
  ],
  'enlarged pictures': [x => tf.image.resizeNearestNeighbor(x as Pictures, [12, 8]), [1, 6, 4, 2]],
};
for (const [size, strides] of [
  [2, 2],
  [3, 1],
  [3, 2],
  [2, 3],
] as const) {
  for (const padding of ['same', 'valid'] as Padding[]) {
    const name = (what: string) => `${what}, window ${size}, strides ${strides}, ${padding}`;
    const pictures = [3, 7, 6, 2];
    const volumes = [2, 4, 5, 4, 2];
    const convolved = (x: tf.Tensor, w: tf.Tensor) =>
      tf.conv2d(x as Pictures, w as Pictures, strides, padding);
    cases[name('max pooling of negative numbers')] = [
      x => tf.maxPool(x.sub(1) as Pictures, size, strides, padding),
      pictures,
    ];
    // As behind relu: many are equal.
    cases[name('max pooling of zeros')] = [
      x => tf.maxPool(tf.relu(x.sub(0.5)) as Pictures, size, strides, padding),
      pictures,
    ];
    cases[name('3D max pooling')] = [
      x => tf.maxPool3d(x.sub(1) as tf.Tensor5D, size, strides, padding),
      volumes,
    ];
    // There the engine's own convolutions give 0.
    if (padding === 'same' && strides > size) continue;
    cases[name('convolution')] = [convolved, pictures, [size, size, 2, 3]];
    if (strides === 1) cases[name('narrow convolution')] = [convolved, pictures, [size, 1, 2, 3]];
    for (const multiplier of [1, 2]) {
      cases[name(`depthwise convolution, ${multiplier} a channel`)] = [
        (x, w) => tf.depthwiseConv2d(x as Pictures, w as Pictures, strides, padding),
        pictures,
        [size, size, 2, multiplier],
      ];
    }
    cases[name('3D convolution')] = [
      (x, w) => tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, strides, padding),
      volumes,
      [size, size, size, 2, 3],
    ];
  }
}

describe('the WebAssembly engine, completed', () => {
  before(() => useDevice('wasm'));
  after(() => tf.setBackend('cpu'));

  for (const [name, [f, ...shapes]] of Object.entries(cases)) {
    it(`has the gradients of ${name}`, async () => {
      const expected = await measured('cpu', f, shapes);
      for (let i = 0; i < 2; i++) {
        const ours = await measured('wasm', f, shapes);
        expected.forEach((values, k) => {
          assertClose(ours[k] ?? [], values, 2e-5, k === 0 ? 'value' : `gradient ${k}`);
        });
      }
    });
  }
});
