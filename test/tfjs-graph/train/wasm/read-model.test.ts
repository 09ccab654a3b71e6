import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import { OptimizerState } from '../../../../lib/tfjs-graph/train/optimizer-state';
import type { InnerModel } from '../../../../lib/tfjs-graph/train/trainer';
import { readModel } from '../../../../lib/tfjs-graph/train/wasm/read-model';
import { readData } from '../../../texts';
import { layerOf, type Written } from '../written-layers';

interface Example {
  readonly layers: readonly Written[];
  readonly compile?: Partial<tf.ModelCompileArgs>;
  /** The layer that is trained again after the model was compiled. */
  readonly unfrozen?: number;
}

const { refused } = readData<{
  readonly refused: Readonly<Record<string, Readonly<Record<string, Example | Written[]>>>>;
}>('tfjs-graph/train/wasm/read-model.yml');

/** What is recognised of a sequential model of these layers. */
async function recognised(
  layers: tf.layers.Layer[],
  { compile, unfrozen = -1 }: Partial<Example> = {},
) {
  const model = tf.sequential({ layers });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', ...compile });
  const inner = (model as unknown as { model: InnerModel }).model;
  Object.assign(inner.layers[unfrozen] ?? {}, { trainable: true });
  const optimizer = new OptimizerState(inner.optimizer);
  await optimizer.prepare(inner.collectedTrainableWeights.map(weight => weight.read()));
  return readModel(inner, optimizer);
}

describe('stacks of layers for WebAssembly', () => {
  before(() => useDevice('cpu'));

  for (const [code, examples] of Object.entries(refused)) {
    for (const [name, example] of Object.entries(examples)) {
      it(`leaves to others a model with ${name}, and says why`, async () => {
        const given = Array.isArray(example) ? { layers: example } : example;
        const reading = recognised(given.layers.map(layerOf), given);
        await assert.rejects(reading, { name: 'NotWasmError', code });
      });
    }
  }

  it('leaves to others a model with a layer that is used twice, and says why', async () => {
    const { dense, flatten } = tf.layers;
    const shared = dense({ units: 16, activation: 'relu' });
    const softmax = dense({ units: 3, activation: 'softmax' });
    const reading = recognised([flatten({ inputShape: [4, 4] }), shared, shared, softmax]);
    await assert.rejects(reading, { name: 'NotWasmError', code: 'layers' });
  });
});
