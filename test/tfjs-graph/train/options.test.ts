/** Every option of `model.fit` does in `fit` what it does there, or is refused. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { evaluate, type FitOptions, fit, InputError } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { printed } from '../../support';
import { readData } from '../../texts';
import { assertSameHistory } from './against-stock';
import { assertNothingLeft, settledCounts } from './counts';

const x = tf.randomNormal([30, 4], 0, 1, 'float32', 1);
const y = tf.oneHot(tf.randomUniform([30], 0, 3, 'int32', 2), 3).toFloat();

function compiled(): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const layer = tf.layers.dense({
    ...{ units: 3, activation: 'softmax', inputShape: [4], kernelInitializer },
  });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

const TENSORS = { x, y, ones: tf.ones([30, 1]), onYield: () => 0 };

/** The options with what they name: a tensor, or a callback. */
const tensorsIn = (options: object): object =>
  JSON.parse(JSON.stringify(options), (_, value) =>
    Object.hasOwn(TENSORS, value) ? TENSORS[value as keyof typeof TENSORS] : value,
  );

const { same, refused, wrongData } = readData<{
  readonly same: Readonly<Record<string, object>>;
  readonly refused: readonly { readonly given: object; readonly says: string }[];
  readonly wrongData: readonly { readonly shapes: readonly number[][]; readonly says: string }[];
}>('tfjs-graph/train/options.yml');

const train = (options: FitOptions = {}) =>
  fit(compiled(), x, y, { shuffle: false, verbose: 0, ...options });

describe('options of fit', () => {
  before(() => useDevice('cpu'));

  for (const [name, written] of Object.entries(same)) {
    it(`give the history of model.fit: ${name}`, async () => {
      const model = compiled();
      const options = tensorsIn(written) as FitOptions;
      const ours = await fit(model, x, y, { shuffle: false, verbose: 0, ...options });
      const given = { ...options, shuffle: false, verbose: 0 } as unknown as tf.ModelFitArgs;
      const theirs = await compiled().fit(x, y, given);
      assertSameHistory(ours, theirs, 1e-5);
      // Without a step, the engine has not yet seen all of the model.
      if (ours.epoch.length === 0) return;
      const before = await settledCounts();
      await fit(model, x, y, { ...options, verbose: 0 });
      assertNothingLeft(before);
    });
  }

  it('may be null, each of them', async () => {
    const nothing = {
      ...{ batchSize: null, epochs: null, initialEpoch: null, verbose: null, shuffle: null },
      ...{ validationSplit: null, validationData: null, classWeight: null, sampleWeight: null },
      ...{ callbacks: null, yieldEvery: null, stepsPerEpoch: null, validationSteps: null },
    };
    await printed(async () => assert.deepEqual((await train(nothing)).epoch, [0]));
  });

  it('take names of inputs and outputs', async () => {
    const model = compiled();
    const [input = ''] = model.inputNames;
    const [output = ''] = model.outputNames;
    const { history } = await fit(
      model,
      { [input]: x },
      { [output]: y },
      { shuffle: false, verbose: 0 },
    );
    assert.deepEqual(history, (await train({})).history);
    await assert.rejects(
      fit(model, { [`${input}s`]: x }, y),
      new InputError({ code: 'no-tensor', name: input, received: 'undefined' }),
    );
    assert.deepEqual(
      (await fit(model, x, y, { verbose: 0 })).epoch,
      [0],
      'it can be trained after that',
    );
  });

  const model = compiled();
  for (const { given, says } of refused) {
    it(`refuse ${JSON.stringify(given)}: ${says.slice(0, 30)}`, async () => {
      const training = fit(model, x, y, tensorsIn(given) as FitOptions);
      await assert.rejects(training, { message: new RegExp(says) });
    });
  }

  for (const { shapes, says } of wrongData) {
    it(`and data are refused by a code: ${shapes.map(shape => `[${shape}]`)}`, async () => {
      const expected = { name: 'InputError', code: 'data', message: RegExp(says) };
      const validationData = shapes.map(shape => tf.ones(shape)) as [tf.Tensor, tf.Tensor];
      await assert.rejects(fit(compiled(), ...validationData), expected);
      await assert.rejects(train({ validationData }), expected);
      await assert.rejects(evaluate(compiled(), ...validationData), expected);
    });
  }

  const value = String.raw`\d[\d.e-]*`;
  const line = `Epoch 2/3: ${value} s, val_loss ${value}, val_acc ${value}, loss ${value}, acc ${value}`;

  it('print a line an epoch, unless they want none', async () => {
    const three = { epochs: 3, initialEpoch: 1, validationSplit: 0.2 };
    for (const verbose of [undefined, null, 1, 2] as const) {
      const lines = await printed(() => fit(compiled(), x, y, { ...three, verbose }));
      assert.match(lines, new RegExp(`^${line}\nEpoch 3/3: .*$`));
    }
    assert.equal(await printed(() => fit(compiled(), x, y, { verbose: 0 })), '');
  });

  it('print nothing by themselves without TensorFlow’s engine, as model.fit', async () => {
    const program = `const tf = require('@tensorflow/tfjs');
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const { fit } = require('tfjs-graph');
      const train = verbose => fit(model, tf.ones([4, 1]), tf.ones([4, 1]), { verbose });
      tf.enableProdMode();
      train().then(() => console.log('-')).then(() => train(1));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', program]);
    assert.match(stdout, /^-\nEpoch 1\/1: .*\n$/);
  });

  it('let others have their turn while training goes on, unless they never may', async () => {
    const turns = async (yieldEvery: FitOptions['yieldEvery']) => {
      let [count, isOver] = [0, false];
      const count1 = () => {
        if (!isOver) setImmediate(count1);
        count++;
      };
      const training = train({ epochs: 20, yieldEvery, batchSize: 10 });
      setImmediate(count1);
      await training;
      isOver = true;
      return count;
    };
    const never = await turns('never');
    assert.ok((await turns('epoch')) >= never + 15);
    assert.ok((await turns('batch')) >= never + 50);
  });

  it('take callbacks of another copy of TensorFlow.js, with their object', async () => {
    class Foreign {
      readonly seen: number[] = [];
      async onEpochEnd(epoch: number): Promise<void> {
        this.seen.push(epoch);
      }
    }
    const others = ['setParams', 'setModel', 'onTrainBegin', 'onTrainEnd', 'onEpochBegin'];
    for (const name of [...others, 'onBatchBegin', 'onBatchEnd']) {
      Object.assign(Foreign.prototype, { [name]() {} });
    }
    const foreign = new Foreign();
    await train({ epochs: 2, callbacks: foreign as unknown as tf.Callback });
    assert.deepEqual(foreign.seen, [0, 1]);
  });
});
