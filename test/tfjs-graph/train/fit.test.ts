/** The engine's own `fit` and `evaluate`, as a program calls them that knows nothing of the lesson. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { evaluate, type FitOptions, fit } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { Session } from '../../../lib/tfjs-graph/graph/session';
import { recordingCost } from '../../../lib/tfjs-graph/train/switching-trainer';
import { itNative } from '../../native';
import { assertClose, build, data, mlp } from './against-stock';

const train = (options: FitOptions = {}, model = build({ layers: mlp })) =>
  fit(model, ...data(), { verbose: 0, ...options });

describe('fit of the engine', () => {
  before(() => useDevice('cpu'));

  it('ends after the steps at hand where its signal is aborted, or takes none, and can go on', async () => {
    const stop = new AbortController();
    const onEpochEnd = (epoch: number) => void (epoch === 1 && stop.abort());
    const model = build({ layers: mlp });
    const options = { epochs: 9, signal: stop.signal, callbacks: [{ onEpochEnd }] };
    for (const epochs of [[0, 1], []]) {
      const before = String(model.getWeights());
      assert.deepEqual((await train(options, model)).epoch, epochs);
      assert.equal(String(model.getWeights()) === before, epochs.length === 0);
    }
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
    await train({ batchSize: 25, observers: [new Observer()], callbacks });
    assert.deepEqual(seen, ['observer 0', 'callback 0', 'observer 1', 'callback 1']);
  });

  itNative('says why it takes the steps of tfjs-layers', async () => {
    const told: unknown[] = [];
    const onFallback: FitOptions['onFallback'] = why => told.push(why.code, why.reason);
    await train({ onFallback });
    const metrics = [() => tf.scalar(Math.random())];
    await train({ onFallback }, build({ layers: mlp, compile: { metrics } }));
    assert.equal(told[0], 'new-numbers');
    assert.match(String(told[1]), /^it generates new numbers in JavaScript .* as an input$/);
  });

  itNative('records no step where there are few of them, with the same results', async () => {
    const usual = { ...recordingCost };
    const load = mock.method(Session, 'load');
    const weights = build({ layers: mlp }).getWeights();
    const trained = async (from: number, epochs: number) => {
      recordingCost.from = from;
      load.mock.resetCalls();
      const model = build({ layers: mlp });
      model.setWeights(weights);
      // Three steps an epoch: the last takes what is left over.
      const loads: number[] = [];
      const callbacks = { onEpochEnd: () => void loads.push(load.mock.callCount()) };
      const onFallback = assert.fail;
      const how = { epochs, batchSize: 20, shuffle: false, onFallback, callbacks };
      const { history } = await train(how, model);
      const after = model.getWeights().flatMap(weight => Array.from(weight.dataSync()));
      return { loads, numbers: [...(history.loss as number[]), ...after] };
    };
    /** Asserts that it gives the same as one that records at once, and when it records. */
    const recordsAt = async (epochs: number, loads: readonly number[]) => {
      const [own, always] = [await trained(12, epochs), await trained(0, epochs)];
      assert.deepEqual([own.loads, always.loads], [loads, Array(epochs).fill(1)]);
      assertClose(own.numbers, always.numbers, 1e-5, 'number');
    };
    try {
      await recordsAt(3, [0, 0, 0]);
      // The first epoch does not wait for it.
      await recordsAt(4, [0, 1, 1, 1]);
      // If its steps are long, the first one does, behind its second step.
      recordingCost.midway = left => left === 1;
      for (const epochs of [1, 3, 4]) await recordsAt(epochs, Array(epochs).fill(1));
    } finally {
      Object.assign(recordingCost, usual);
      load.mock.restore();
    }
  });

  it('refuses a model that is not compiled, or that is being trained', async () => {
    const refused = (code: string) => ({ name: 'TrainingError', code });
    const raw = tf.sequential({ layers: mlp() });
    await assert.rejects(train({}, raw), refused('not-compiled'));
    await assert.rejects(evaluate(raw, ...data()), refused('not-compiled'));
    const model = build({ layers: mlp });
    const first = train({ epochs: 2 }, model);
    await assert.rejects(train({}, model), refused('busy'));
    assert.deepEqual((await first).epoch, [0, 1]);
  });
});
