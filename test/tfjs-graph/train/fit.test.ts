/** The engine's own `fit` and `evaluate`, as a program calls them that knows nothing of the lesson. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { evaluate, type FitOptions, fit, TrainingError } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { Session } from '../../../lib/tfjs-graph/graph/session';
import { recordingCost } from '../../../lib/tfjs-graph/train/recording-cost';
import { itNative } from '../../native';

const x = () => tf.randomNormal([30, 4], 0, 1, 'float32', 1);
const y = () => tf.randomUniform([30], 0, 3, 'int32', 2);

function build(first: tf.layers.Layer[] = []): tf.Sequential {
  const dense = (units: number, activation: 'relu' | 'softmax') =>
    tf.layers.dense({ units, activation, inputShape: [4] });
  return tf.sequential({ layers: [...first, dense(4, 'relu'), dense(3, 'softmax')] });
}

function compiled(first?: tf.layers.Layer[]): tf.Sequential {
  const model = build(first);
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['acc'] });
  return model;
}

const train = (options: FitOptions = {}, model = compiled()) => fit(model, x(), y(), options);

describe('fit of the engine', () => {
  before(async () => {
    await useDevice('cpu');
  });

  it('takes no step where its signal is aborted before it begins', async () => {
    const model = compiled();
    const before = String(model.getWeights());
    const { epoch } = await train({ epochs: 3, signal: AbortSignal.abort() }, model);
    assert.deepEqual(epoch, []);
    assert.equal(String(model.getWeights()), before);
  });

  it('ends after the steps at hand where its signal is aborted, and can go on', async () => {
    const stop = new AbortController();
    const onEpochEnd = (epoch: number) => {
      if (epoch === 1) stop.abort();
    };
    const model = compiled();
    const { epoch } = await train(
      { epochs: 9, signal: stop.signal, callbacks: [{ onEpochEnd }] },
      model,
    );
    assert.deepEqual(epoch, [0, 1]);
    assert.deepEqual((await train({ epochs: 2 }, model)).epoch, [0, 1]);
  });

  it('tells observers of every step, before the callbacks', async () => {
    const seen: string[] = [];
    class Observer extends tf.Callback {
      override async onBatchEnd(batch: number) {
        seen.push(`observer ${batch}`);
      }
    }
    const callbacks = [{ onBatchEnd: (batch: number) => void seen.push(`callback ${batch}`) }];
    await train({ batchSize: 15, observers: [new Observer()], callbacks });
    assert.deepEqual(seen, ['observer 0', 'callback 0', 'observer 1', 'callback 1']);
    seen.length = 0;
    await train({ batchSize: 10, observers: [new Observer()] });
    assert.deepEqual(seen, ['observer 0', 'observer 1', 'observer 2']);
  });

  itNative('says why it takes the steps of tfjs-layers', async () => {
    const told: string[] = [];
    const onFallback: FitOptions['onFallback'] = ({ code, reason }) => {
      told.push(code, reason);
    };
    await train(
      { onFallback },
      compiled([tf.layers.gaussianNoise({ stddev: 0.1, inputShape: [4] })]),
    );
    assert.deepEqual(told, [
      'new-numbers',
      'it generates new numbers in JavaScript at each step, such as random noise',
    ]);
    told.length = 0;
    await train({ onFallback });
    assert.deepEqual(told, []);
  });

  itNative('records no step where there are few of them, with the same results', async () => {
    const usual = { ...recordingCost };
    const load = mock.method(Session, 'load');
    const trained = async (from: number, epochs: number) => {
      recordingCost.from = from;
      load.mock.resetCalls();
      const told: unknown[] = [];
      const onFallback = (why: unknown) => told.push(why);
      const model = compiled();
      model.setWeights(weights);
      // Three steps an epoch: the last takes what is left over.
      const loads: number[] = [];
      const callbacks = { onEpochEnd: () => void loads.push(load.mock.callCount()) };
      const how = { epochs, batchSize: 12, shuffle: false, onFallback, callbacks };
      const { history } = await train(how, model);
      assert.deepEqual(told, []);
      const after = model.getWeights().map(weight => Array.from(weight.dataSync()));
      return { loads, loss: history.loss as number[], after };
    };
    const weights = compiled()
      .getWeights()
      .map(weight => weight.clone());
    try {
      const [few, always] = [await trained(12, 3), await trained(0, 3)];
      assert.deepEqual(
        [few.loads, always.loads],
        [
          [0, 0, 0],
          [1, 1, 1],
        ],
      );
      const [late, longer] = [await trained(12, 4), await trained(0, 4)];
      // The first epoch does not wait for it.
      assert.deepEqual(late.loads, [0, 1, 1, 1]);
      const near = (a: number[], b: number[]) =>
        a.forEach((value, i) => {
          assert.ok(Math.abs(value - Number(b[i])) < 1e-5, `${value}, ${b[i]}`);
        });
      near(few.loss, always.loss);
      near(few.after.flat(), always.after.flat());
      near(late.loss, longer.loss);
      near(late.after.flat(), longer.after.flat());
      // Where its steps are long, the first one does, behind its second step.
      recordingCost.midway = left => left === 1;
      for (const epochs of [1, 3, 4]) {
        const [midway, recorded] = [await trained(12, epochs), await trained(0, epochs)];
        assert.deepEqual(midway.loads, Array(epochs).fill(1));
        near(midway.loss, recorded.loss);
        near(midway.after.flat(), recorded.after.flat());
      }
    } finally {
      Object.assign(recordingCost, usual);
      load.mock.restore();
    }
  });

  it('gives the same in however many parts a product is computed', async () => {
    const inputs = tf.randomUniform([64, 600], 0, 1, 'float32', 3);
    const classes = tf.randomUniform([64], 0, 3, 'int32', 4);
    const layers = () => [
      tf.layers.dense({
        units: 96,
        inputShape: [600],
        kernelInitializer: tf.initializers.glorotUniform({ seed: 5 }),
      }),
      tf.layers.dense({
        units: 3,
        activation: 'softmax',
        kernelInitializer: tf.initializers.glorotUniform({ seed: 6 }),
      }),
    ];
    const losses: number[] = [];
    for (const parts of [1, 3, 64]) {
      const model = tf.sequential({ layers: layers() });
      model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
      const { history } = await fit(model, inputs, classes, { parts, shuffle: false, epochs: 3 });
      losses.push(Number(history.loss?.at(-1)));
      const [loss = Number.NaN] = await evaluate(model, inputs, classes, { batchSize: 2, parts });
      assert.ok(loss < Number(history.loss?.[0]), 'it has learnt');
    }
    for (const loss of losses) assert.ok(Math.abs(loss - (losses[0] ?? 0)) < 1e-5, String(losses));
  });

  it('refuses a model that is not compiled, or that is being trained', async () => {
    const isRefused = (code: string) => (error: unknown) =>
      error instanceof TrainingError && error.code === code;
    await assert.rejects(train({}, build()), isRefused('not-compiled'));
    await assert.rejects(evaluate(build(), x(), y()), isRefused('not-compiled'));
    const model = compiled();
    const first = train({ epochs: 2 }, model);
    await assert.rejects(train({}, model), isRefused('busy'));
    assert.deepEqual((await first).epoch, [0, 1]);
  });
});
