/** The recorded step against tfjs-layers' own: the same models, weights and order of samples. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { nativeBackend } from '../../../lib/tfjs-graph/graph/backend';
import { describeNative } from '../../native';
import { bytePictures } from '../../support';
import {
  adam,
  assertClose,
  assertSameHistory,
  assertSameWeights,
  assertTrainsAlike,
  build,
  type Case,
  data,
  dense,
  fitQuietly,
  fitStock,
  mlp,
  SAMPLES,
  twins,
} from './against-stock';
import { assertNothingLeft, settledCounts } from './counts';

/** Pictures of bytes, of which one in `sparsity` is not 0. */
const onBytes = (sparsity: number): Case => ({
  layers: () => [
    tf.layers.flatten({ inputShape: [8, 8, 1] }),
    dense(70, 'relu'),
    dense(4, 'softmax'),
  ],
  x: () => bytePictures(sparsity, [SAMPLES, 8, 8, 1] as const),
});

const cases: Record<string, Case> = {
  'pictures of bytes, most of them 0': onBytes(5),
  'pictures of bytes, few of them 0': onBytes(1),
  'a penalty on the weights': {
    layers: () => [
      tf.layers.dense({
        units: 8,
        inputShape: [6],
        kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
      }),
      dense(4, 'softmax'),
    ],
  },
};

/** Epsilons that count: none may be mistaken for Adam's, which stands elsewhere in Keras. */
const optimizers: Record<string, () => tf.Optimizer> = {
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0, 1e-3),
  adamax: () => tf.train.adamax(0.01, 0.9, 0.999, 1e-3),
  adam,
};

/** Reads a value back, as no graph can. */
function readingLoss(target: tf.Tensor, output: tf.Tensor): tf.Tensor {
  const error = target.sub(output).square().mean();
  return (error.dataSync()[0] ?? 0) > 1 ? error : error.mul(2);
}

describeNative('the recorded step', () => {
  before(() => useDevice('cpu'));

  for (const [name, example] of Object.entries(cases)) {
    it(`trains as tfjs-layers does: ${name}`, async () => {
      await assertTrainsAlike(twins(example), data(example), {}, { tolerance: 1e-4 });
    });
  }

  for (const [name, optimizer] of Object.entries(optimizers)) {
    it(`leaves a loss that reads a value back to tfjs-layers' own steps: ${name}`, async () => {
      const layers = () => [...mlp('tanh').slice(0, 1), tf.layers.dense({ units: 1 })];
      const compile = { loss: readingLoss, metrics: ['mae'] };
      const example: Case = { layers, optimizer, compile, classes: 0 };
      const said = /reads a tensor back/;
      await assertTrainsAlike(twins(example), data(example), {}, { said });
    });
  }

  it('keeps the data in the session on a GPU, with the same result', async () => {
    const example = onBytes(5);
    const backend = nativeBackend() as { isUsingGpuDevice: boolean };
    const [x, y] = data(example);
    const [here, there] = twins(example);
    const { history } = await fitQuietly(here, x, y);
    backend.isUsingGpuDevice = true;
    try {
      const onGpu = await fitQuietly(there, x, y);
      for (const [key, values] of Object.entries(history)) {
        assertClose(onGpu.history[key] ?? [], values, 1e-4, key);
      }
    } finally {
      backend.isUsingGpuDevice = false;
    }
  });

  it('goes on where an earlier call ended, also in the other engine', async () => {
    const [x, y] = data();
    const [ours, stock] = twins({ layers: mlp });
    for (const train of [fitQuietly, fitStock, fitQuietly]) {
      assertSameHistory(await train(ours, x, y), await fitStock(stock, x, y), 1e-5);
    }
  });

  it('leaves a layer as it is that was frozen after the model was compiled', async () => {
    const frozen: Case = { layers: () => [...mlp().slice(0, 1), dense(4, 'softmax')] };
    const [ours, stock] = twins(frozen);
    for (const model of [ours, stock]) (model.layers[0] as tf.layers.Layer).trainable = false;
    const [kernel] = (ours.layers[0] as tf.layers.Layer).getWeights().map(w => w.dataSync());
    await assertTrainsAlike([ours, stock], data(frozen));
    assert.deepEqual(ours.layers[0]?.getWeights()[0]?.dataSync(), kernel);
  });

  it('leaves nothing behind of a model that is disposed of and made anew', async () => {
    const [x, y] = data();
    const train = async () => {
      const model = build({ layers: mlp, optimizer: () => 'adam' });
      await fitQuietly(model, x, y);
      model.dispose();
    };
    await train();
    const before = await settledCounts();
    await train();
    assertNothingLeft(before);
  });

  it('takes as many steps as there are, however many that is', async () => {
    for (const samples of [8, 31, 50]) {
      const [x, y] = data().map(whole => whole.slice(0, samples)) as [tf.Tensor, tf.Tensor];
      await assertTrainsAlike(twins({ layers: mlp }), [x, y], { batchSize: 5 });
    }
  });

  it('draws the mask of Dropout anew at each step', async () => {
    const layers = () => [
      tf.layers.dropout({ rate: 0.5, inputShape: [6] }),
      tf.layers.dense({ units: 1, kernelInitializer: 'ones', useBias: false }),
    ];
    const model = build({ layers, optimizer: () => tf.train.sgd(0), classes: 0 });
    const losses: number[] = [];
    const onBatchEnd = (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss));
    const options = { batchSize: 10, epochs: 5, validationSplit: 0, callbacks: { onBatchEnd } };
    const { said } = await fitQuietly(model, tf.ones([40, 6]), tf.zeros([40, 1]), options);
    assert.equal(said, '', 'recorded, not fallen back');
    assert.ok(new Set(losses).size > losses.length / 2, `losses ${losses.join(' ')}`);
    // Half of the inputs, doubled: 6 on average, so a squared error of 36 and a variance of 6.
    const mean = losses.reduce((a, b) => a + b) / losses.length;
    assert.ok(mean > 32 && mean < 52, `mean ${mean}`);
  });

  it('has the weights of the last step of a call in which it was to end', async () => {
    const [samples, batchSize] = [200, 5];
    const options = { batchSize, validationSplit: 0 };
    const normalization = () => tf.layers.batchNormalization();
    const layers = () => [...mlp('tanh').slice(0, 1), normalization(), dense(4, 'softmax')];
    const [ours, stock] = twins({ layers, optimizer: () => tf.train.sgd(0.1) });
    const x = tf.randomUniform([samples, 6], 0, 1, 'float32', 3);
    const y = tf.randomUniform([samples], 0, 4, 'int32', 5).toFloat();
    let steps = 0;
    // The first calls are of one step each; the observer gets the logs of all steps of a call once they are done.
    class Ending extends tf.Callback {
      readonly weightsAt = [];
      override async onBatchEnd(): Promise<void> {
        if (++steps === 3) ours.stopTraining = true;
      }
    }
    await fitQuietly(ours, x, y, { ...options, epochs: 2, callbacks: new Ending() });
    assert.ok(steps >= 3 && steps <= samples / batchSize, String(steps));
    const taken = steps * batchSize;
    await fitStock(stock, x.slice(0, taken), y.slice(0, taken), { ...options, epochs: 1 });
    assertSameWeights(ours, stock, 1e-5);
  });
});
