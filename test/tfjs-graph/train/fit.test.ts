/** The engine's own `fit` and `evaluate`, as a program calls them that knows nothing of the lesson. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { evaluate, type FitOptions, fit } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { Session } from '../../../lib/tfjs-graph/graph/session';
import { gains } from '../../../lib/tfjs-graph/train/fit';
import { itNative } from '../../native';
import { build, data, mlp } from './against-stock';

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

  itNative('records no step for few of them', async () => {
    const usual = gains.steps;
    const load = mock.method(Session, 'load');
    gains.steps = 12;
    try {
      // Three steps an epoch: the last takes what is left over.
      for (const epochs of [3, 4]) await train({ epochs, batchSize: 20 });
      assert.equal(load.mock.callCount(), 1);
    } finally {
      gains.steps = usual;
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
