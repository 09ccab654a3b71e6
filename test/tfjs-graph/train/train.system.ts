/** The recorded step against tfjs-layers' own: the same models, weights and order of samples. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/digits/training/fit';
import { nativeBackend } from '../../../lib/tfjs-graph/graph/backend';
import { describeNative } from '../../native';
import { bytePictures } from '../../support';
import {
  assertClose,
  assertSameHistory,
  assertSameWeights,
  build,
  type Case,
  common,
  data,
  dense,
  fitQuietly,
  fitStock,
  mlp,
  SAMPLES,
  twins,
} from './against-stock';

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

describeNative('the recorded step', () => {
  before(async () => {
    await useDevice('cpu');
  });

  for (const [name, example] of Object.entries(cases)) {
    it(`trains as tfjs-layers does: ${name}`, async () => {
      const [x, y] = data(example);
      const [ours, stock] = twins(example);
      const trained = await fitQuietly(ours, x, y, example.options);
      assert.equal(trained.said, '', 'recorded, not fallen back');
      assertSameHistory(trained, await fitStock(stock, x, y, example.options), 1e-4);
      assertSameWeights(ours, stock, 1e-4);
    });
  }

  it('keeps the data in the session on a GPU, with the same result', async () => {
    const example = onBytes(5);
    const backend = nativeBackend() as { isUsingGpuDevice: boolean };
    const [x, y] = data(example);
    const [here, there] = twins(example);
    const { history } = await fit(here, x, y, { ...common, verbose: 0 });
    backend.isUsingGpuDevice = true;
    try {
      const onGpu = await fit(there, x, y, { ...common, verbose: 0 });
      for (const [key, values] of Object.entries(history)) {
        assertClose(onGpu.history[key] ?? [], values, 1e-4, key);
      }
    } finally {
      backend.isUsingGpuDevice = false;
    }
  });

  it('goes on where an earlier call ended, also in the other engine', async () => {
    const example = { layers: mlp };
    const [x, y] = data(example);
    const [ours, stock] = twins(example);
    for (let i = 0; i < 2; i++) await fitStock(stock, x, y);
    const reference = await fitStock(stock, x, y);
    await fit(ours, x, y, { ...common, verbose: 0 });
    await fitStock(ours, x, y);
    const { history } = await fit(ours, x, y, { ...common, verbose: 0 });
    assertClose(history.loss ?? [], reference.history.loss as number[], 1e-5, 'loss');
  });

  it('leaves a layer as it is that was frozen after the model was compiled', async () => {
    const frozen: Case = { layers: () => [...mlp().slice(0, 1), dense(4, 'softmax')] };
    const [ours, stock] = twins(frozen);
    const [x, y] = data(frozen);
    for (const model of [ours, stock]) (model.layers[0] as tf.layers.Layer).trainable = false;
    const [kernel] = (ours.layers[0] as tf.layers.Layer).getWeights().map(w => w.dataSync());
    const trained = await fitQuietly(ours, x, y);
    assert.equal(trained.said, '', 'recorded, not fallen back');
    assertSameHistory(trained, await fitStock(stock, x, y), 1e-5);
    assertSameWeights(ours, stock, 1e-4);
    assert.deepEqual(ours.layers[0]?.getWeights()[0]?.dataSync(), kernel);
  });

  it('lets a layer give a weight the values of one that nothing else uses', async () => {
    /** Keeps what it has been given. */
    class Keeping extends tf.layers.Layer {
      static className = 'Keeping';
      private given: tf.LayerVariable | undefined;
      kept: tf.LayerVariable | undefined;
      override build() {
        const { zeros, ones } = tf.initializers;
        this.given = this.addWeight('given', [2], 'float32', ones(), undefined, false);
        this.kept = this.addWeight('kept', [2], 'float32', zeros(), undefined, false);
        this.built = true;
      }
      override call(inputs: tf.Tensor | tf.Tensor[]) {
        this.kept?.write(this.given?.read() as tf.Tensor);
        return [inputs].flat()[0] as tf.Tensor;
      }
      override computeOutputShape(shape: tf.Shape) {
        return shape;
      }
    }
    const layer = new Keeping();
    const example = { layers: () => [...mlp().slice(0, 1), layer, dense(4, 'softmax')] };
    const [x, y] = data(example);
    const { said } = await fitQuietly(build(example), x, y);
    assert.equal(said, '', 'recorded, not fallen back');
    assert.deepEqual([...(layer.kept?.read().dataSync() ?? [])], [1, 1]);
  });

  it('takes as many steps as there are, however many that is', async () => {
    for (const samples of [8, 14, 24, 31, 40, 50]) {
      const example = { layers: mlp };
      const [x, y] = data(example).map(whole => whole.slice(0, samples)) as [tf.Tensor, tf.Tensor];
      const [ours, stock] = twins(example);
      const options = { ...common, batchSize: 5, validationSplit: 0.2, verbose: 0 as const };
      const { history } = await fit(ours, x, y, options);
      const reference = await stock.fit(x, y, options as tf.ModelFitArgs);
      for (const name of ['loss', 'val_loss']) {
        assertClose(history[name] ?? [], reference.history[name] as number[], 1e-5, name);
      }
    }
  });

  for (const moment of ['onEpochEnd', 'onTrainEnd'] as const) {
    it(`keeps weights that a callback sets in the last ${moment}`, async () => {
      const example = { layers: mlp };
      const model = build(example);
      const zeros = () => model.setWeights(model.getWeights().map(w => tf.zerosLike(w)));
      const callbacks = { [moment]: () => tf.tidy(zeros) };
      await fit(model, ...data(example), { ...common, verbose: 0, epochs: 2, callbacks });
      const all = model.getWeights().flatMap(weight => Array.from(weight.dataSync()));
      assert.deepEqual(new Set(all), new Set([0]));
    });
  }

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

  it('takes over weights that a callback sets', async () => {
    const example = {
      layers: () => [tf.layers.dense({ units: 1, inputShape: [6] })],
      classes: 0,
      optimizer: () => tf.train.sgd(0),
    };
    const [x] = data(example);
    const model = build(example);
    const onEpochBegin = () => model.setWeights(model.getWeights().map(w => tf.zerosLike(w)));
    const { history } = await fit(model, x, tf.ones([SAMPLES, 1]), {
      epochs: 2,
      verbose: 0,
      callbacks: { onEpochBegin },
    });
    assertClose(history.loss ?? [], [1, 1], 1e-6, 'loss of a network of zeros');
  });
});
