/** The recorded step against tfjs-layers' own: the same models, weights and order of samples. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/digits/training/fit';
import { nativeBackend } from '../../../lib/tfjs-graph/graph/backend';
import { describeNative } from '../../native';
import { bytePictures } from '../../support';
import {
  adam,
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

const image = () => tf.randomUniform([SAMPLES, 8, 8, 1], 0, 1, 'float32', 3);
const bytes = (sparsity: number) => bytePictures(sparsity, [SAMPLES, 8, 8, 1] as const);
const flatten = () => tf.layers.flatten({ inputShape: [8, 8, 1] });

const cases: Record<string, Case> = {
  'the lesson’s layers': {
    layers: () => [flatten(), dense(16, 'relu'), dense(4, 'softmax')],
    x: image,
  },
  'pictures of bytes, most of them 0': {
    layers: () => [flatten(), dense(70, 'relu'), dense(4, 'softmax')],
    x: () => bytes(5),
  },
  'pictures of bytes, few of them 0': {
    layers: () => [flatten(), dense(70, 'relu'), dense(4, 'softmax')],
    x: () => bytes(1),
  },
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
  'a frozen layer': {
    layers: () => [
      tf.layers.dense({ units: 8, inputShape: [6], trainable: false }),
      dense(4, 'softmax'),
    ],
  },
  regression: {
    layers: () => [
      tf.layers.dense({ units: 5, activation: 'relu', inputShape: [6] }),
      dense(1, 'linear'),
    ],
    compile: { loss: 'meanSquaredError', metrics: ['mse', 'mae'] },
    classes: 0,
  },
  'class weights': { layers: mlp, options: { classWeight: { 0: 2, 1: 0.5, 2: 1, 3: 3 } } },
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
    const example: Case = {
      layers: () => [flatten(), dense(70, 'relu'), dense(4, 'softmax')],
      x: () => bytes(5),
    };
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
    const callbacks = {
      onBatchEnd: (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss)),
    };
    const { said } = await fitQuietly(model, tf.ones([40, 6]), tf.zeros([40, 1]), {
      batchSize: 10,
      epochs: 5,
      validationSplit: 0,
      callbacks,
    });
    assert.equal(said, '', 'recorded, not fallen back');
    assert.ok(new Set(losses).size > losses.length / 2, `losses ${losses.join(' ')}`);
    // Half of the inputs, doubled: 6 on average, so a squared error of 36 and a variance of 6.
    const mean = losses.reduce((a, b) => a + b) / losses.length;
    assert.ok(mean > 32 && mean < 52, `mean ${mean}`);
  });

  it('leaves to tfjs-layers what it cannot record, and says so once', async () => {
    const noise = tf.layers.gaussianNoise({ stddev: 0.1 });
    const example = { layers: () => [...mlp().slice(0, 1), noise, dense(4, 'softmax')] };
    const [x, y] = data(example);
    const model = build(example);
    const { history, said } = await fitQuietly(model, x, y, { epochs: 20 });
    assert.equal(
      said,
      "This model is trained by TensorFlow.js's own steps, which are slower, because it generates new numbers in JavaScript at each step, such as random noise.\n",
    );
    assert.equal((await fitQuietly(model, x, y)).said, '');
    const { loss = [] } = history;
    assert.ok((loss.at(-1) ?? 9) < (loss[0] ?? 0), `loss ${loss.join(' ')}`);
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

  it('lets a model be trained again after a call that failed', async () => {
    const example = { layers: mlp };
    const [x, y] = data(example);
    const model = build(example);
    const before = model.getWeights()[0]?.dataSync().slice();
    await assert.rejects(fit(model, x, tf.zeros([SAMPLES, 3]), { verbose: 0 }));
    await assert.rejects(fit(model, x, y, { batchSize: -5, verbose: 0 }), /OptionError/);
    assert.deepEqual(model.getWeights()[0]?.dataSync(), before);
    assert.equal((await fit(model, x, y, { verbose: 0 })).epoch.length, 1);
  });

  it('trains a functional model with two inputs and two outputs', async () => {
    const make = () => {
      const inputs = [tf.input({ shape: [6] }), tf.input({ shape: [2] })];
      const joined = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor;
      const outputs = [
        tf.layers
          .dense({ units: 4, activation: 'softmax', name: 'digit' })
          .apply(dense(5, 'relu').apply(joined)),
        tf.layers.dense({ units: 1, name: 'slant' }).apply(joined),
      ] as tf.SymbolicTensor[];
      const model = tf.model({ inputs, outputs });
      model.compile({
        optimizer: adam(),
        loss: ['sparseCategoricalCrossentropy', 'meanSquaredError'],
        metrics: ['accuracy'],
      });
      return model;
    };
    const [ours, stock] = [make(), make()];
    stock.setWeights(ours.getWeights());
    const [first, digits] = data({ layers: mlp });
    const x = [first, tf.randomUniform([SAMPLES, 2], 0, 1, 'float32', 8)];
    const y = [digits, tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 9)];
    const trained = await fitQuietly(ours, x, y);
    assert.equal(trained.said, '', 'recorded, not fallen back');
    assertSameHistory(trained, await fitStock(stock, x, y), 1e-4);
  });
});
