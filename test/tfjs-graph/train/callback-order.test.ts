/** What callbacks are called with, and when, against tfjs-layers. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { at } from '../../../lib/tfjs-graph/array';
import type { FitOptions } from '../../../lib/tfjs-graph/train/options';
import {
  assertClose,
  assertTrainsAlike,
  build,
  data,
  fitQuietly,
  fitStock,
  mlp,
  SAMPLES,
  twins,
} from './against-stock';

const MOMENTS = [
  'onTrainBegin',
  'onEpochBegin',
  'onBatchBegin',
  'onBatchEnd',
  'onEpochEnd',
  'onTrainEnd',
] as const;

type Moment = (typeof MOMENTS)[number];

interface Call {
  readonly moment: Moment;
  /** The epoch or the step. */
  readonly at: number | undefined;
  readonly logs: Record<string, number>;
  /** The sum of the squares of the first weights that the callback sees. */
  readonly weights: number;
}

/** Callbacks that note how they are called; `then` may do more. */
function spy(model: tf.LayersModel, moments: readonly Moment[], then?: (call: Call) => void) {
  const calls: Call[] = [];
  const note =
    (moment: Moment) =>
    (at?: number | tf.Logs, logs: tf.Logs = {}) => {
      const call = {
        moment,
        at: typeof at === 'number' ? at : undefined,
        logs: { ...logs } as Record<string, number>,
        weights: model.getWeights()[0]?.square().sum().dataSync()[0] ?? Number.NaN,
      };
      calls.push(call);
      then?.(call);
    };
  const callbacks = Object.fromEntries(moments.map(moment => [moment, note(moment)]));
  return { calls, callbacks };
}

const example = { layers: mlp };

/** Trains by both, and asserts that both call the same. */
async function assertSameCalls(
  moments: readonly Moment[],
  options: FitOptions = {},
  then?: (model: tf.LayersModel) => (call: Call) => void,
): Promise<readonly Call[]> {
  const [x, y] = data(example);
  const [ours, stock] = twins(example);
  const [mine, theirs] = [spy(ours, moments, then?.(ours)), spy(stock, moments, then?.(stock))];
  const trained = await fitQuietly(ours, x, y, { ...options, callbacks: mine.callbacks });
  assert.equal(trained.said, '', 'recorded, not fallen back');
  const { epoch } = await fitStock(stock, x, y, { ...options, callbacks: theirs.callbacks });
  assert.deepEqual(trained.epoch, epoch);
  const shapeOf = ({ moment, at, logs }: Call) => [moment, at, Object.keys(logs).sort()];
  assert.deepEqual(mine.calls.map(shapeOf), theirs.calls.map(shapeOf));
  mine.calls.forEach(({ moment, logs, weights }, i) => {
    const other = at(theirs.calls, i);
    for (const [name, value] of Object.entries(logs)) {
      assertClose([value], [other.logs[name] ?? Number.NaN], 1e-5, `${moment}: ${name}`);
    }
    assertClose([weights], [other.weights], 1e-5, `${moment}: the weights that it sees`);
  });
  return mine.calls;
}

describe('callbacks of fit', () => {
  before(() => useDevice('cpu'));

  it('are called in the order of tfjs-layers, with the same logs', async () => {
    // 40 samples by 7, 3 epochs.
    const calls = await assertSameCalls(MOMENTS);
    assert.equal(calls.filter(({ moment }) => moment === 'onBatchEnd').length, 18);
  });

  it('stop training within an epoch as in tfjs-layers', async () => {
    const stopping = (model: tf.LayersModel) => {
      let epoch = 0;
      return (call: Call) => {
        if (call.moment === 'onEpochBegin') epoch = call.at ?? 0;
        if (call.moment === 'onBatchEnd' && epoch === 1 && call.at === 2) model.stopTraining = true;
      };
    };
    const calls = await assertSameCalls(MOMENTS, {}, stopping);
    assert.equal(calls.filter(({ moment }) => moment === 'onBatchEnd').length, 6 + 3);
  });

  it('are given the parameters that tfjs-layers gives', async () => {
    class Noting extends tf.Callback {
      readonly noted: unknown[] = [];
      override setParams(params: object) {
        this.noted.push({ ...params });
      }
    }
    const [x, y] = data(example);
    for (const validationSplit of [0, 0.2]) {
      const [mine, theirs] = [new Noting(), new Noting()];
      await fitQuietly(build(example), x, y, { validationSplit, callbacks: mine });
      await fitStock(build(example), x, y, { validationSplit, callbacks: theirs });
      assert.deepEqual(mine.noted, theirs.noted);
      const [{ samples }] = mine.noted as [{ samples: number }];
      assert.equal(samples, SAMPLES * (1 - validationSplit));
    }
  });

  const areOfSteps = (moment: Moment) => moment.startsWith('onBatch');
  for (const moments of [MOMENTS.filter(areOfSteps), MOMENTS.filter(m => !areOfSteps(m))]) {
    it(`may set the weights: ${moments.join(', ')}`, () =>
      assertTrainsAlike(twins(example), data(), model => {
        const shrink = () => model.setWeights(model.getWeights().map(weight => weight.mul(0.9)));
        const callback = () => tf.tidy(shrink);
        return { callbacks: Object.fromEntries(moments.map(moment => [moment, callback])) };
      }));
  }
});
