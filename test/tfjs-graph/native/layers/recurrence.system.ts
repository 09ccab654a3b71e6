/** Recurrent layers that our op computes, with equal training results. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import { type NativeBackend, nativeBackend } from '../../../../lib/tfjs-graph/backend';
import { recurrentCall } from '../../../../lib/tfjs-graph/native/layers/recurrence';
import { callPatches } from '../../../../lib/tfjs-graph/trace/layer-calls';
import { withPatches } from '../../../../lib/tfjs-graph/with-values';
import { describeNative } from '../../../native';
import { readData } from '../../../texts';
import { assertTrainsAlike } from '../../train/against-stock';
import { layerOf, type Written } from '../../train/written-layers';

/** The number of this package's ops in a stack, and layers on sequences of 5 steps of 3 numbers. */
type Stack = readonly [ops: number, ...layers: Written[]];
const stacks = readData<Record<string, Stack>>('tfjs-graph/native/layers/recurrence.yml');

/** Builds a stack of layers. The first layer receives the shape of a sample. */
function build(layers: readonly Written[]): tf.Sequential {
  const [[name = '', options] = []] = Object.entries(layers[0] ?? {});
  const first = layerOf({ [name]: { ...options, inputShape: [5, 3] } });
  const all = [first, ...layers.slice(1).map(layerOf)];
  const model = tf.sequential({ layers: [...all, tf.layers.dense({ units: 1 })] });
  model.compile({ optimizer: tf.train.momentum(0.02, 0.9), loss: 'meanSquaredError' });
  return model;
}

describeNative('recurrent layers', () => {
  before(() => useDevice('cpu'));

  for (const [name, [ours, ...layers]] of Object.entries(stacks)) {
    it(`are ${ours} of our ops, or tfjs-layers' own: ${name}`, async () => {
      const models = [build(layers), build(layers)] as const;
      models[0].weights.forEach((weight, i) => {
        weight.write(tf.randomUniform(weight.shape as number[], -0.5, 0.5, 'float32', i + 1));
      });
      models[1].setWeights(models[0].getWeights());
      // The last step has two samples, possibly fewer than cores.
      const x = tf.randomNormal([26, 5, 3], 0, 1, 'float32', 5);
      const options = { batchSize: 8, epochs: 2, shuffle: false, validationSplit: 0 };
      await assertTrainsAlike(models, [x, x.sum([1, 2]).sin()], options, { tolerance: 1e-4 });

      const backend = nativeBackend() as NativeBackend;
      const run = mock.method(backend, 'executeMultipleOutputs');
      const patches = callPatches({ RNN: recurrentCall(backend, 1) });
      withPatches(patches, () => tf.dispose(models[0].predict(x)));
      run.mock.restore();
      const ops = run.mock.calls.map(call => call.arguments[0]);
      assert.equal(ops.filter(op => op === 'Recurrence').length, ours);
    });
  }
});
