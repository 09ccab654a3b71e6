/** Where the products of a step take the samples' bytes. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import type { Rewrite } from '../../../../lib/tfjs-graph/train/recorded/rewrite';
import { applyRewrites, skipZeros } from '../../../../lib/tfjs-graph/train/recorded/rewrites';
import { describeNative } from '../../../native';
import { bytePictures } from '../../../support';
import { native, stepOf } from './support';

describeNative('skipZeros', () => {
  before(async () => {
    await useDevice('cpu');
  });

  const samples = 64;
  const pixels = (sparsity: number) => bytePictures(sparsity, [samples, 6, 6] as const);

  /** The products of a step of training on these samples. */
  async function productsOf(
    x: tf.Tensor,
    layers: tf.layers.Layer[],
    rewrite: Rewrite = skipZeros,
  ): Promise<string[]> {
    const model = tf.sequential({ layers });
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    const { step, context } = await stepOf(model, [x, tf.zeros([samples])]);
    const { tape } = rewrite(step, context);
    return tape.ops.filter(({ op }) => op.endsWith('MatMul')).map(({ op }) => op);
  }

  const mlp = (): [tf.layers.Layer, tf.layers.Layer, tf.layers.Layer] => [
    tf.layers.flatten({ inputShape: [6, 6] }),
    tf.layers.dense({ units: 32, activation: 'relu' }),
    tf.layers.dense({ units: 10, activation: 'softmax' }),
  ];
  const others = ['MatMul', 'MatMul', 'MatMul'];

  it('takes the bytes for the first layer’s product and for its gradient', async () => {
    const products = await productsOf(pixels(5), mlp());
    assert.deepEqual(products, ['ByteMatMul', ...others, 'ByteMatMul']);
  });

  it('leaves samples as they are of which most pixels are not 0', async () => {
    const products = await productsOf(pixels(1), mlp());
    assert.deepEqual(products, ['MatMul', ...others, 'MatMul']);
  });

  it('leaves samples as they are that are held as floats', async () => {
    const products = await productsOf(tf.zeros([samples, 6, 6]), mlp());
    assert.deepEqual(products, ['MatMul', ...others, 'MatMul']);
  });

  it('leaves a layer as it is that has few units', async () => {
    const [flatten, , softmax] = mlp();
    const products = await productsOf(pixels(5), [flatten, softmax]);
    assert.deepEqual(products, ['MatMul', 'MatMul']);
  });

  it('leaves a step as it is on a GPU', async () => {
    const gpu = native() as { isUsingGpuDevice: boolean };
    gpu.isUsingGpuDevice = true;
    try {
      const products = await productsOf(pixels(5), mlp(), applyRewrites);
      assert.deepEqual(products, ['MatMul', ...others, 'MatMul']);
    } finally {
      gpu.isUsingGpuDevice = false;
    }
  });
});
