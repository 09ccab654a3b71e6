/** Observable behaviour of training, by compiled steps and by tfjs-layers. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { divide } from '../../../lib/tfjs-graph/bytes/divide';
import { registerMissingKernels } from '../../../lib/tfjs-graph/wasm/register-missing-kernels';
import { describeNative } from '../../native';
import { withUsualGains } from '../../record-always';
import { byStock, reasonsOf } from './against-stock';
import { counts, settledCounts } from './counts';
import {
  assertAsStock,
  type Compile,
  dense,
  EPOCH_MOMENTS,
  type Expected,
  hidden,
  loadsOf,
  MOMENTS,
  type Program,
  softmax,
  Trial,
} from './trial';

type Behaviour = Program | (Expected & { readonly program: Program });
type Table = Readonly<Record<string, Behaviour>>;

/** A program that trains once. */
const fit =
  (options: tf.ModelFitArgs = {}, compile: Compile = {}): Program =>
  t =>
    t.fit(t.net(compile), options);

/** A program with arguments that tfjs-layers rejects. */
const refuse =
  (options: object, dataOf = ({ x, y }: Trial): tf.Tensor[] => [x, y]): Program =>
  t => {
    const [x, y] = dataOf(t);
    return t.refused(() => t.fit(t.net(), options, x, y));
  };

/** A program that trains once with options for its model. */
const fitWith =
  (
    optionsFor: (model: tf.Sequential, t: Trial) => tf.ModelFitArgs,
    compile: Compile = {},
  ): Program =>
  async t => {
    const model = t.net(compile);
    await t.fit(model, { epochs: 3, ...optionsFor(model, t) });
  };

/** A program that trains, changes the model and trains again. */
const between =
  (
    change: (model: tf.Sequential, t: Trial) => unknown,
    compile: Compile = {},
    layers?: () => tf.layers.Layer[],
  ): Program =>
  async t => {
    const model = t.net(compile, layers?.());
    await t.fit(model);
    await change(model, t);
    await t.fit(model);
  };

const sgd = { optimizer: () => tf.train.sgd(0.1) };

const shrink = (model: tf.LayersModel) =>
  tf.tidy(() => model.setWeights(model.getWeights().map(weight => weight.mul(0.5))));

const setRate = (model: tf.LayersModel, rate: number) =>
  Object.assign(model.optimizer, { learningRate: rate });

/** A program that trains again after an exception in a callback. */
const throwing =
  (moment: string, last: number): Program =>
  async t => {
    const model = t.net();
    const fail = (index: number) => assert.notEqual(index, last, 'thrown');
    await t.refused(() => t.fit(model, { callbacks: { [moment]: fail } }));
    t.log(model.getWeights());
    await t.fit(model);
  };

/** A callback that tfjs-layers calls with tensors. */
class Raw extends tf.Callback {
  constructor(
    private readonly log: (...values: unknown[]) => void,
    moments: readonly string[],
  ) {
    super();
    for (const name of moments) {
      Object.assign(this, { [name]: async (...given: unknown[]) => log(name, given) });
    }
  }
  override setParams(params: Record<string, unknown>): void {
    this.log('setParams', params);
  }
}

const callbacks: Table = {
  'functions of epochs': fitWith((model, t) => ({
    validationSplit: 0.2,
    callbacks: t.watch(model, EPOCH_MOMENTS),
  })),
  'functions of batches': fitWith((model, t) => ({ callbacks: t.watch(model, MOMENTS) })),
  'several objects': fitWith((model, t) => ({
    callbacks: [t.watch(model, ['onEpochEnd']), t.watch(model, ['onTrainEnd', 'onEpochEnd'])],
  })),
  'raw callbacks of epochs, which receive tensors': fitWith((_, t) => ({
    validationSplit: 0.2,
    callbacks: [new Raw(t.log, EPOCH_MOMENTS), new Raw(t.log, ['onEpochEnd'])],
  })),
  'raw callbacks of batches, which receive tensors': fitWith((_, t) => ({
    callbacks: new Raw(t.log, MOMENTS),
  })),
  'a callback that sets another model': fitWith((_, t) => {
    class Setting extends tf.Callback {
      override setModel(model: tf.LayersModel): void {
        t.log(model instanceof tf.LayersModel, model instanceof tf.Sequential);
      }
    }
    return { callbacks: new Setting() };
  }),
  'early stopping': fitWith(() => ({
    epochs: 5,
    validationSplit: 0.2,
    callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', minDelta: 1 }),
  })),
  'setWeights at the end of an epoch': fitWith(model => ({
    callbacks: { onEpochEnd: () => shrink(model) },
  })),
  'setWeights between batches': fitWith(model => ({
    callbacks: { onBatchEnd: () => shrink(model) },
  })),
  'the learning rate, set in each epoch': fitWith(model => ({
    callbacks: { onEpochBegin: epoch => void setRate(model, 0.1 / (1 + epoch)) },
  })),
  'predict and evaluate': fitWith((model, t) => ({
    callbacks: {
      onEpochEnd: () =>
        tf.tidy(() => t.log(model.predict(t.x), model.evaluate(t.x, t.y, { batchSize: 7 }))),
    },
  })),
  'setWeights while the memory of the engine grows': fitWith(model => ({
    callbacks: {
      onEpochEnd() {
        shrink(model);
        tf.tidy(() => void tf.zeros([3e7]).dataSync());
      },
    },
  })),
  'model.save': fitWith((model, t) => ({
    callbacks: {
      async onEpochEnd() {
        const save = async ({ weightData }: tf.io.ModelArtifacts) => {
          t.log([...new Float32Array(weightData as ArrayBuffer)]);
          return {
            modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const },
          };
        };
        await model.save(tf.io.withSaveHandler(save));
      },
    },
  })),
  'an exception at the end of an epoch': throwing('onEpochEnd', 0),
  'an exception at the end of a batch': throwing('onBatchEnd', 2),
  'a model that is disposed of during training': async t => {
    const model = t.net();
    const onEpochEnd = () => void model.dispose();
    await t.refused(() => t.fit(model, { callbacks: { onEpochEnd } }));
    model.optimizer.dispose();
  },
};

/** Sets `stopTraining` in a callback. */
const stopIn = (moment: string, when = (_: number) => true) =>
  fitWith((model, t) => {
    const stop = (index: number) => {
      t.log(moment, index);
      if (when(index)) model.stopTraining = true;
    };
    return { callbacks: { [moment]: stop }, validationSplit: 0.2 };
  });

const stopping: Table = {
  'at the end of an epoch': stopIn('onEpochEnd', epoch => epoch === 1),
  'within an epoch': { program: stopIn('onBatchEnd', batch => batch === 1), loads: 1 },
  'before a batch': stopIn('onBatchBegin', batch => batch === 2),
  'in onTrainBegin': stopIn('onTrainBegin'),
};

const options: Table = {
  'weights of classes': fit({ classWeight: { 0: 2, 1: 0.5, 2: 1, 3: 0 } }),
  'weights of samples': refuse({ sampleWeight: [1] }),
  'samples for validation': t =>
    t.fit(t.net(), { validationData: [t.x.slice(0, 9), t.y.slice(0, 9)] }),
  'samples for validation, with weights': refuse({ validationData: [1, 2, 3] }),
  'samples for validation of another shape': t =>
    t.refused(() => t.fit(t.net(), { validationData: [t.y, t.y] })),
  'a share for validation': fit({ validationSplit: 0.3 }),
  'a share for validation that takes all': { program: fit({ validationSplit: 0.999 }), loads: 0 },
  'an epoch to begin with': fit({ initialEpoch: 2, epochs: 4 }),
  'no epochs': { program: fit({ epochs: 0 }), loads: 0 },
  'shuffled samples': fit({ shuffle: true, epochs: 3 }),
  'shuffled batches': refuse({ shuffle: 'batch' }),
  'a batch larger than the samples': fit({ batchSize: 64 }),
  'a batch of all samples': fit({ batchSize: 30 }),
  'batches of one': fit({ batchSize: 1 }),
  'a batch of none': refuse({ batchSize: 0 }),
  'options that are null': fit({ validationData: null, callbacks: null } as object),
  'turns after each batch': fitWith((_, t) => ({ yieldEvery: 'batch', callbacks: frames(t) })),
  'turns after each epoch': fitWith((_, t) => ({ yieldEvery: 'epoch', callbacks: frames(t) })),
  'no turns': fitWith((_, t) => ({ yieldEvery: 'never', callbacks: frames(t) })),
  'a turn after milliseconds': fit({ yieldEvery: 1 }),
  'a timer that stops training': async t => {
    const model = t.net({ optimizer: () => tf.train.sgd(0) });
    const stop = () => Object.assign(model, { stopTraining: true });
    const callbacks = { onTrainBegin: () => void setImmediate(stop) };
    await model.fit(t.x, t.y, { epochs: 1e6, yieldEvery: 1, callbacks, verbose: 0 });
    model.dispose();
  },
  'onYield after each batch': fitWith((_, t) => ({
    yieldEvery: 1e-9,
    callbacks: { onYield: (...given: unknown[]) => t.log('onYield', given) },
  })),
  'onYield without turns': refuse({ yieldEvery: 'never', callbacks: { onYield() {} } }),
};

const frames = (t: Trial) => ({ nextFrameFunc: async () => t.log('frame') });

const onLabels =
  (y: (t: Trial) => tf.Tensor, compile: Compile = {}): Program =>
  t =>
    t.fit(t.net(compile), {}, t.x, y(t));
const oneHot = ({ y }: Trial) => tf.oneHot(y.toInt() as tf.Tensor1D, 4);
const CATEGORICAL = { loss: 'categoricalCrossentropy' };

const data: Table = {
  'a model that is not compiled': async t => {
    const model = tf.sequential({ layers: [dense(4, { inputShape: [6] })] });
    await t.refused(() => t.fit(model));
    await t.refused(() => model.trainOnBatch(t.x, t.y));
    await t.refused(() => model.evaluate(t.x, t.y));
    model.dispose();
  },
  'a wrong shape': refuse({}, ({ y }) => [y, y]),
  'unequal numbers of samples': refuse({}, ({ x }) => [x, tf.ones([29])]),
  'too many inputs': t => t.refused(() => t.fit(t.net(), {}, [t.x, t.x])),
  'one-hot labels for a sparse loss': refuse({}, t => [t.x, oneHot(t)]),
  'one-hot labels': onLabels(oneHot, CATEGORICAL),
  'labels that are probabilities': onLabels(t => oneHot(t).mul(0.9).add(0.025), CATEGORICAL),
  'labels of int32': {
    program: refuse({}, ({ x, y }) => [x, y.toInt()]),
    said: /must be float32/,
  },
  'labels out of range': onLabels(t => t.y.add(2)),
  'names of inputs and outputs': async t => {
    const model = t.net();
    const [input = '', output = ''] = [...model.inputNames, ...model.outputNames];
    await t.fit(model, {}, { [input]: t.x }, { [output]: t.y });
    await t.refused(() => t.fit(model, {}, { other: t.x }, t.y));
  },
  'samples made on another engine': async t => {
    const engine = tf.getBackend();
    await tf.setBackend('cpu');
    const x = tf.randomUniform([30, 6], 0, 1, 'float32', 9);
    await tf.setBackend(engine);
    await t.fit(t.net(), {}, x);
    x.dispose();
  },
  'samples of bytes': t => {
    const bytes = divide(
      { data: Uint8Array.from({ length: 180 }, (_, i) => i), shape: [30, 6] },
      255,
    );
    return t.fit(t.net(), { validationSplit: 0.2 }, bytes);
  },
};

const LOSS = 'sparseCategoricalCrossentropy';
const DOUBLE = { 0: 2, 1: 1, 2: 1, 3: 0 };

/** Two inputs and two outputs. */
function pair(t: Trial, compile: Compile = {}): tf.LayersModel {
  const inputs = ['a', 'b'].map(name => tf.input({ shape: [6], name }));
  const both = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor;
  const outputs = [
    dense(4, { activation: 'softmax', name: 'kind' }).apply(both),
    dense(1, { name: 'size' }).apply(both),
  ] as tf.SymbolicTensor[];
  const loss = [LOSS, 'meanSquaredError'];
  return t.compiled(tf.model({ inputs, outputs }), { loss, metrics: [], ...compile });
}

const fitPair =
  (options: tf.ModelFitArgs = {}, compile: Compile = {}): Program =>
  async t => {
    const model = pair(t, compile);
    t.log(model.metricsNames);
    await t.fit(model, options, { a: t.x, b: t.x.neg() }, { kind: t.y, size: t.y });
    t.log(model.evaluate([t.x, t.x], [t.y, t.y], { batchSize: 7 }));
  };

const several: Table = {
  'two inputs and outputs by name': fitPair({ validationSplit: 0.2 }),
  'metrics of two outputs': fitPair({}, { metrics: { kind: 'accuracy', size: 'mae' } }),
  'losses by name': fitPair({}, { loss: { size: 'meanSquaredError', kind: LOSS } }),
  'weights of losses, which tfjs-layers ignores': fitPair({}, { lossWeights: [1, 9] } as Compile),
  'weights of classes, an array': fitPair({ classWeight: [DOUBLE, DOUBLE] }),
  'weights of classes by name': fitPair({ classWeight: { size: DOUBLE, kind: DOUBLE } }),
  'weights of the classes of the first output': fitPair({ classWeight: { kind: DOUBLE } }),
  'weights of the classes of the second output': fitPair({ classWeight: { size: DOUBLE } }),
};

const square = (target: tf.Tensor, output: tf.Tensor) => target.sub(output).square().mean(-1);

const regression = (t: Trial, compile: Compile = {}) =>
  t.net({ loss: 'meanSquaredError', metrics: [], ...compile }, [hidden(), dense(1)]);

const changes: Table = {
  nothing: { program: between(() => {}), loads: 1 },
  'the learning rate': { program: between(model => setRate(model, 0.1)), loads: 1 },
  weights: { program: between(shrink), loads: 1 },
  'the state of the optimizer': between(async model => {
    const state = await model.optimizer.getWeights();
    await model.optimizer.setWeights(
      state.map(({ name, tensor }) => ({ name, tensor: tensor.mul(2) })),
    );
    state[0]?.tensor.dispose();
  }),
  'another optimizer': {
    program: between((model, t) => {
      model.optimizer.dispose();
      model.compile({ optimizer: tf.train.momentum(0.1, 0.9), loss: model.loss as string });
      t.log(model.metricsNames);
    }),
    loads: 2,
  },
  'another loss and other metrics': {
    async program(t) {
      const model = regression(t);
      await t.fit(model, {}, t.x, t.column);
      const { optimizer } = model;
      model.compile({ optimizer, loss: 'meanAbsoluteError', metrics: ['mse', 'mape'] });
      await t.fit(model, {}, t.x, t.column);
    },
    loads: 2,
  },
  'a layer frozen before compile': async t => {
    await t.fit(t.net({}, [hidden({ trainable: false }), softmax()]));
  },
  'a layer frozen after compile': {
    program: between(model => Object.assign(model.layers[0] as object, { trainable: false })),
    loads: 2,
  },
  'a layer unfrozen by a new compile': between(async (model, t) => {
    const { optimizer, loss } = model;
    for (const trainable of [false, true]) {
      Object.assign(model.layers[0] as object, { trainable });
      model.compile({ optimizer, loss: loss as string });
      await t.fit(model);
    }
  }, sgd),
  'the rate of a Dropout layer': async t => {
    const dropout = tf.layers.dropout({ rate: 0, inputShape: [6] });
    const model = t.net({}, [dropout, softmax()]);
    await t.fit(model);
    Object.assign(dropout, { rate: 1 - 1e-9 });
    await t.fit(model);
  },
  'the number of samples': {
    async program(t) {
      const model = t.net();
      for (const n of [30, 12, 30]) await t.fit(model, {}, t.x.slice(0, n), t.y.slice(0, n));
    },
    loads: 2,
  },
  'a captured number of a loss, recompiled': {
    async program(t) {
      let factor = 1;
      const loss = (target: tf.Tensor, output: tf.Tensor) => square(target, output).mul(factor);
      const model = regression(t, { loss });
      await t.fit(model, {}, t.x, t.column);
      factor = 3;
      model.compile({ optimizer: model.optimizer, loss: (a, b) => loss(a, b) });
      await t.fit(model, {}, t.x, t.column);
    },
    loads: 2,
  },
  'the engine': async t => {
    const model = t.net();
    await t.fit(model);
    const engine = tf.getBackend();
    await tf.setBackend('cpu');
    await t.fit(model);
    await tf.setBackend(engine);
    await t.fit(model);
  },
};

const batchOf = ({ x, y }: Trial, size: number, from = 0) =>
  [x.slice(from, size), y.slice(from, size)] as const;

const batches = (t: Trial, size = 7) => {
  const rows = { xs: tf.data.array(rowsOf(t.x)), ys: tf.data.array(rowsOf(t.y)) };
  return tf.data.zip(rows).batch(size) as tf.data.Dataset<tf.TensorContainerObject>;
};
const rowsOf = (tensor: tf.Tensor) => tensor.arraySync() as number[];

type DatasetOptions = Partial<tf.ModelFitDatasetArgs<tf.TensorContainerObject>>;

const fitBatches =
  (optionsFor: (model: tf.Sequential, t: Trial) => DatasetOptions): Program =>
  async t => {
    const model = t.net();
    const options = { epochs: 2, verbose: 0 as const, ...optionsFor(model, t) };
    const { epoch, history } = await model.fitDataset(batches(t), options);
    t.log(epoch, history);
  };

/** Creates two models that share the first layer. */
function sharing(t: Trial): tf.Sequential[] {
  const first = hidden();
  return [1, 2].map(() => t.net({}, [first, softmax()]));
}

const calls: Table = {
  'trainOnBatch on batches of several sizes': {
    async program(t) {
      const model = t.net();
      for (let i = 0; i < 30; i++) {
        const [x, y] = batchOf(t, [4, 7, 5][i % 3] ?? 0, i % 4);
        t.log(await model.trainOnBatch(x, y));
        tf.dispose([x, y]);
      }
    },
    loads: 3,
  },
  'trainOnBatch with setWeights between': async t => {
    const model = t.net({ metrics: [] });
    for (let i = 0; i < 4; i++) {
      t.log(await model.trainOnBatch(t.x, t.y), model.predict(t.x));
      shrink(model);
      setRate(model, 0.1 / (i + 1));
    }
  },
  'trainOnBatch in a loop of two models that share a layer': async t => {
    const models = sharing(t);
    for (const model of [...models, ...models]) t.log(await model.trainOnBatch(t.x, t.y));
  },
  'evaluate with batches of several sizes, twice': async t => {
    const model = t.net();
    for (const batchSize of [7, 30, 64, 1, 7]) {
      tf.tidy(() => t.log(model.evaluate(t.x, t.y, { batchSize })));
      await t.fit(model);
    }
  },
  'evaluate with steps, or verbose': async t => {
    const model = t.net();
    await t.refused(() => model.evaluate(t.x, t.y, { steps: 2 }));
    await t.refused(() => model.evaluate(t.x, t.y, { verbose: 1 }));
    await t.fit(model);
  },
  'fitDataset with a dataset for validation': fitBatches((model, t) => {
    return { validationData: batches(t, 9), callbacks: t.watch(model, MOMENTS) };
  }),
  'fitDataset with tensors for validation and weights of classes': fitBatches((_, t) => {
    return { validationData: [t.x, t.y], validationBatchSize: 8, classWeight: DOUBLE };
  }),
  'fitDataset with some batches an epoch, stopped': fitBatches(model => {
    const stop = (batch: number) => void Object.assign(model, { stopTraining: batch === 1 });
    return { batchesPerEpoch: 3, callbacks: { onBatchEnd: stop } };
  }),
  evaluateDataset: async t => {
    const model = t.net();
    for (const count of [2, 4]) t.log(await model.evaluateDataset(batches(t), { batches: count }));
  },
};

/** A program that trains a model on batches in a callback of a training. */
const trainingIn = (modelOf: (model: tf.Sequential, t: Trial) => tf.Sequential): Program =>
  fitWith((model, t) => {
    const other = modelOf(model, t);
    return { callbacks: { onEpochEnd: async () => t.log(await other.trainOnBatch(t.x, t.y)) } };
  });

const atOnce: Table = {
  'two models': async t => {
    const options = { verbose: 0, shuffle: false } as const;
    const trainings = [t.net(), t.net(sgd)].map(model => model.fit(t.x, t.y, options));
    t.log((await Promise.all(trainings)).map(({ history }) => history));
  },
  'two models that share a layer, in turn': async t => {
    const models = sharing(t);
    for (const model of [...models, ...models]) await t.fit(model);
  },
  // For a loss without curvature, the sum of the updates does not depend on the order of the steps.
  'two models of the same layer': async t => {
    const shared = tf.layers.dense({ units: 1, inputShape: [6] });
    const loss = (_: tf.Tensor, output: tf.Tensor) => output.mean(-1);
    const models = [1, 2].map(() => t.net({ ...sgd, loss, metrics: [] }, [shared]));
    const options = { batchSize: 3, epochs: 3, verbose: 0 } as const;
    await Promise.all(models.map(model => model.fit(t.x, t.column, options)));
  },
  'one model, refused': async t => {
    const model = t.net();
    const first = t.fit(model);
    await t.refused(() => t.fit(model));
    await t.refused(() => model.fitDataset(batches(t), { epochs: 1 }));
    await first;
  },
  'evaluate and predict in timers': async t => {
    const model = t.net(sgd);
    const layers = new Set<string>();
    const look = () =>
      tf.tidy(() => {
        const [loss] = model.evaluate(t.x, t.y, { batchSize: 7 }) as tf.Scalar[];
        layers.add(String(loss?.dataSync()));
        t.log(model.predict(t.x));
      });
    const onEpochEnd = () => void setImmediate(look);
    await t.fit(model, { epochs: 4, yieldEvery: 'epoch', callbacks: { onEpochEnd } });
    assert.ok(layers.size >= 3, `${layers.size} losses`);
  },
  'trainOnBatch of another model in a callback': trainingIn((_, t) => t.net()),
  'trainOnBatch of the same model in a callback': trainingIn(model => model),
};

/** A layer that counts calls in a variable, and adds the count. */
class Counter extends tf.layers.Layer {
  static className = 'Counter';
  private count!: tf.LayerVariable;
  override build(): void {
    this.count = this.addWeight('count', [], 'float32', tf.initializers.zeros(), undefined, false);
    this.built = true;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const next = this.count.read().add(1);
      this.count.write(next);
      return ([inputs].flat()[0] as tf.Tensor).add(next.mul(0.01));
    });
  }
}

/** A program that trains a stack of layers, and predicts. */
const stack =
  (make: () => tf.layers.Layer[], dataOf = ({ x }: Trial): tf.Tensor => x): Program =>
  async t => {
    const layers = make();
    const model = t.net(sgd, [...layers, softmax()]);
    const x = dataOf(t);
    const onEpochEnd = (epoch: number) => void (epoch === 1 && model.resetStates());
    await t.fit(model, { batchSize: 5, epochs: 3, callbacks: { onEpochEnd } }, x);
    const [first, y] = [x.slice(0, 5), t.y.slice(0, 5)];
    t.log(await model.trainOnBatch(first, y), model.predict(first, { batchSize: 5 }));
    for (const layer of layers) tf.dispose((layer as tf.RNN).states ?? []);
  };

const { l1l2 } = tf.regularizers;
const kernelConstraint = tf.constraints.maxNorm({ maxValue: 0.3 });
const asSequence = () => tf.layers.reshape({ targetShape: [3, 2], inputShape: [6] });

const kinds: Table = {
  'penalties of weights': stack(() => [hidden({ kernelRegularizer: l1l2({ l1: 0.01, l2: 0.1 }) })]),
  'constraints of weights': stack(() => [hidden({ kernelConstraint })]),
  'batch normalization': stack(() => [hidden(), tf.layers.batchNormalization()]),
  'a nested model': stack(() => [
    tf.sequential({ layers: [hidden(), tf.layers.batchNormalization()] }),
  ]),
  'a nested model, frozen': async t => {
    const base = tf.sequential({ layers: [hidden(), dense(3)] });
    const model = t.net({}, [base, softmax()]);
    base.trainable = false;
    model.compile({ optimizer: tf.train.sgd(0.1), loss: LOSS });
    await t.fit(model);
  },
  'a layer used twice': stack(() => {
    const input = tf.input({ shape: [6] });
    const shared = dense(6);
    const outputs = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    return [tf.model({ inputs: input, outputs })];
  }),
  'a layer with a state in a variable': stack(() => [hidden(), new Counter({})]),
  'a recurrent layer': stack(() => [asSequence(), tf.layers.lstm({ units: 4 })]),
  'tokens with layer normalization': stack(
    () => [
      tf.layers.embedding({ inputDim: 4, outputDim: 3, inputLength: 6 }),
      tf.layers.layerNormalization(),
      tf.layers.flatten(),
    ],
    ({ x }) => x.add(1).mul(2).floor(),
  ),
};

const regress = (compile: Compile, expected: Expected = {}): Behaviour => ({
  ...expected,
  program: t => t.fit(regression(t, compile), { epochs: 3 }, t.x, t.column),
});

type Gradients = Parameters<tf.SGDOptimizer['applyGradients']>[0];

const clipped = (gradients: Gradients): Gradients =>
  (Array.isArray(gradients) ? gradients : []).map(({ name, tensor }) => {
    return { name, tensor: tensor.clipByValue(-0.01, 0.01) };
  });

class Clipped extends tf.SGDOptimizer {
  override applyGradients(gradients: Gradients): void {
    super.applyGradients(clipped(gradients));
  }
}

function clipping(): tf.Optimizer {
  const optimizer = tf.train.adam(0.01);
  const apply = optimizer.applyGradients.bind(optimizer);
  return Object.assign(optimizer, {
    applyGradients: (all: Gradients) => apply(clipped(all) as never),
  });
}

const numbers: Table = {
  'a learning rate of 1e6': regress({ optimizer: () => tf.train.sgd(1e6) }, { tolerance: 1e-3 }),
  'a learning rate of NaN': regress({ optimizer: () => tf.train.sgd(Number.NaN) }),
  'a loss of the program': regress({ loss: square, metrics: [square] }),
  'a loss that reads a value back': regress(
    { loss: (a: tf.Tensor, b: tf.Tensor) => square(a, b).mul((b.dataSync()[0] ?? 0) > 0 ? 1 : 2) },
    { said: /reads a tensor back/ },
  ),
  'a metric with other numbers at each call': regress(
    { metrics: [() => tf.scalar(Math.random())] },
    { said: /new numbers/, tolerance: 1 },
  ),
  'gradients clipped by a wrapped method': regress({ optimizer: clipping }),
  'gradients clipped by a class': regress({ optimizer: () => new Clipped(0.1) }),
};

const tables = { callbacks, data, several, changes, calls, atOnce, kinds, numbers };
/** The behaviour of the training loop, on each engine. */
const inLoop = { stopping, options };

/** Layers that sample anew at each step of training. */
class Doubling extends tf.layers.Layer {
  static className = 'Doubling';
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor;
    return training ? tf.tidy(() => x.mul(tf.randomUniform(x.shape as number[], 0, 2))) : x;
  }
}

const sampling: Readonly<Record<string, () => tf.layers.Layer>> = {
  dropout: () => tf.layers.dropout({ rate: 0.5, inputShape: [6] }),
  'Gaussian noise': () => tf.layers.gaussianNoise({ stddev: 1, inputShape: [6] }),
  'Gaussian dropout': () => tf.layers.gaussianDropout({ rate: 0.5, inputShape: [6] }),
  'a layer of the program': () => new Doubling({ inputShape: [6] }),
};

/** Returns the losses of steps that change no weight. */
async function sampledLosses(layer: tf.layers.Layer): Promise<number[]> {
  const sum = tf.layers.dense({ units: 1, kernelInitializer: 'ones', useBias: false });
  const model = tf.sequential({ layers: [layer, sum] });
  model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
  const options = { batchSize: 10, epochs: 50, verbose: 0 } as const;
  const { history } = await model.fit(tf.ones([20, 6]), tf.zeros([20, 1]), options);
  model.dispose();
  return history.loss as number[];
}

/** Operations that TensorFlow.js's JavaScript engine computes, and the compiler to WebAssembly lacks. */
const onWasmAlone: Table = {
  'bilinear resizing, reported once': {
    program: between(
      () => {},
      {},
      () => [
        tf.layers.reshape({ targetShape: [3, 2, 1], inputShape: [6] }),
        tf.layers.upSampling2d({ size: [1, 1], interpolation: 'bilinear' }),
        tf.layers.flatten(),
        softmax(),
      ],
    ),
    said: /^[^\n]*ResizeBilinear[^\n]*$/,
  },
};

function testTable(topic: string, table: Table): void {
  describe(topic, () => {
    for (const [name, behaviour] of Object.entries(table)) {
      it(name, () =>
        typeof behaviour === 'function'
          ? assertAsStock(behaviour)
          : assertAsStock(behaviour.program, behaviour),
      );
    }
  });
}

function tests(start: () => Promise<unknown>, tables: Record<string, Table>): void {
  before(async () => {
    await start();
    await settledCounts();
  });

  for (const [topic, table] of Object.entries(tables)) testTable(topic, table);

  for (const [name, layer] of Object.entries(sampling)) {
    it(`samples as tfjs-layers at each step: ${name}`, async () => {
      let ours: number[] = [];
      const reasons = await reasonsOf(async () => {
        ours = await sampledLosses(layer());
      });
      assert.equal(reasons, '');
      const stock = await byStock(() => sampledLosses(layer()));
      const [different, stockCount] = [new Set(ours).size, new Set(stock).size];
      assert.ok(different > stockCount / 2, `${different} losses, by tfjs-layers ${stockCount}`);
      const [mean, expected] = [ours, stock].map(losses => tf.util.sum(losses) / losses.length);
      assert.ok(Math.abs(Number(mean) / Number(expected) - 1) < 0.3, `means ${mean}, ${expected}`);
    });
  }

  it('compiles nothing for few steps', async () => {
    await withUsualGains(async () => {
      const t = new Trial();
      const model = t.net();
      const count = (work: () => Promise<unknown>) => loadsOf(work);
      // Five steps an epoch, and eight are worth compiling.
      assert.equal(await count(() => t.fit(model, { epochs: 1 })), 0);
      assert.equal(await count(() => t.fit(model, { epochs: 1 })), 1);
      const steps = async (times: number) => {
        for (let i = 0; i < times; i++) await model.trainOnBatch(t.x, t.y);
      };
      assert.equal(await count(() => steps(9)), 0);
      assert.equal(await count(() => steps(2)), 1);
      await t.end();
    });
  });

  it('keeps the steps of eight kinds of batches', async () => {
    const t = new Trial();
    const model = t.net();
    const train = async (size: number) => {
      const batch = batchOf(t, size);
      await model.trainOnBatch(...batch);
      tf.dispose([...batch]);
    };
    const countBefore = counts().sessions;
    assert.equal(
      await loadsOf(async () => {
        for (let size = 1; size <= 10; size++) await train(size);
      }),
      10,
    );
    assert.ok(counts().sessions - countBefore <= 8);
    assert.equal(await loadsOf(() => train(3)), 0);
    assert.equal(await loadsOf(() => train(1)), 1);
    await t.end();
    assert.equal(counts().sessions, countBefore);
  });
}

describeNative('a program on the native engine behaves as by tfjs-layers', () => {
  tests(() => useDevice('cpu'), { ...tables, ...inLoop });
});

describe('a program on WebAssembly behaves as by tfjs-layers', () => {
  tests(async () => {
    await useDevice('wasm');
    // TensorFlow.js by itself lacks these.
    registerMissingKernels();
  }, tables);
  after(() => useDevice('cpu'));

  testTable('operations that the compiler does not know', onWasmAlone);
});
