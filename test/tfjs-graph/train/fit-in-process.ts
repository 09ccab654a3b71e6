/**
 * Trains the lesson's model, and several kinds of models in turn, again and again, and prints as JSON what
 * that left behind. Run in a process of its own, with `--expose-gc` and a folder for temporary files of its
 * own, by leaks.slow.ts.
 */
import '../../record-always';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { type FitOptions, fit } from '../../../lib/digits/training/fit';
import { build } from '../../../lib/tools/bench/models/build';
import { dataOf } from '../../../lib/tools/bench/models/data';
import { type BenchModel, models } from '../../../lib/tools/bench/models/models';
import { bytePictures, compiledModel } from '../../support';
import { counts, type Kept } from './counts';

/**
 * What a series of fits left behind, and by how many MB the resident set grew in its second half:
 * in the first the pools of the allocators may still fill.
 */
export interface Growth extends Kept {
  readonly resident: number;
  /** Files and folders that lie in the folder for temporary files. */
  readonly temporary: number;
  /** Listeners to the events of the process. */
  readonly listeners: number;
}

const SAMPLES = 640;
const MEGABYTE = 2 ** 20;

const resident = () => process.memoryUsage().rss / MEGABYTE;

const allCounts = () => ({
  ...counts(),
  temporary: readdirSync(tmpdir()).length,
  listeners: process.eventNames().flatMap(name => process.listeners(name as 'exit')).length,
});

/** Frees what JavaScript no longer uses: its garbage is no leak. */
async function collect(): Promise<void> {
  globalThis.gc?.();
  // Buffers are freed after the collection that found them unused.
  await setImmediate();
}

/** Counts what is left once nothing more of it is freed: finalizers run some time behind a collection. */
async function settledCounts(): Promise<ReturnType<typeof allCounts>> {
  let known = allCounts();
  for (let same = 0; same < 3; same++) {
    await collect();
    const next = allCounts();
    if (JSON.stringify(next) !== JSON.stringify(known)) same = -1;
    known = next;
  }
  return known;
}

const quiet = { verbose: 0, write: () => undefined } as const;

/** Trains again and again, so many times, in some way. */
type Kinds = Readonly<Record<string, (times: number) => Promise<unknown>>>;

/** The lesson's model, on bytes. */
function lessons(): Kinds {
  const x = bytePictures(5, [SAMPLES, 28, 28] as const);
  const y = tf.randomUniform([SAMPLES], 0, 10, 'int32', 2);
  const model = compiledModel();
  const train = (options: FitOptions = {}) =>
    fit(model, x, y, { batchSize: 64, validationSplit: 0.2, ...quiet, ...options });
  const onBatchEnd = (batch: number) => assert.ok(batch < 7, 'thrown by a callback');
  const failing = () => train({ callbacks: { onBatchEnd } }).catch(() => undefined);
  return {
    epochs: times => train({ epochs: times, callbacks: { onEpochEnd: collect } }),
    fits: times => repeat(times, () => train()),
    thrown: times => repeat(times, failing),
  };
}

/** Kinds of models of the benchmark, in turn: new ones each time, and the same again. */
function severalModels(): Kinds {
  const names = ['small-convnet', 'text', 'transformer', 'stateful-lstm', 'normalized'];
  // Adam's counters lie in JavaScript until another step is recorded, which would count as growth.
  const optimizer = ['SGD', { momentum: 0.9 }] as const;
  const all = models
    .filter(({ name }) => names.includes(name))
    .map(each => ({ ...each, batchSize: 8, optimizer }));
  const data = all.map(example => {
    const { x, y } = dataOf(example, 64);
    return [x, [y]].map(side => side.map(each => tf.tensor(each.data, [...each.shape])));
  });
  const same = all.map(example => build(example));
  const train = (model: tf.LayersModel, i: number) => {
    const [x, y] = data[i] as [tf.Tensor[], tf.Tensor[]];
    return fit(model, x, y, { batchSize: 8, epochs: 2, ...quiet });
  };
  let turn = 0;
  const next = () => turn++ % all.length;
  const ones = [tf.ones([4, 3]), tf.ones([4, 2])] as const;
  const tiny = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
  tiny.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return {
    'thousands of epochs of a step': times => fit(tiny, ...ones, { epochs: 400 * times, ...quiet }),
    'tensors in a scope': times =>
      repeat(times, async () => {
        const values = Array.from({ length: 1500 }, () => Math.random());
        for (let i = 0; i < 500; i++) tf.tidy(() => tf.tensor2d([values]).reshape([1, 150, 10]));
      }),
    'new models': times =>
      repeat(times, async () => {
        const i = next();
        const model = build(all[i] as BenchModel);
        await train(model, i);
        model.optimizer.dispose();
        // tfjs-layers leaves the states to whoever made the model.
        tf.dispose(model.layers.map(layer => (layer as tf.RNN).states ?? []));
        model.dispose();
      }),
    'the same models': times =>
      repeat(times, () => {
        const i = next();
        return train(same[i] as tf.LayersModel, i);
      }),
  };
}

async function main(): Promise<void> {
  await useDevice();
  const kinds = { ...lessons(), ...severalModels() };
  const growth: Record<string, Growth> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    // Memory that is taken once, such as the pools of the allocators.
    await kind(5);
    const before = await settledCounts();
    const half = async () => {
      await kind(25);
      await collect();
      return resident();
    };
    const halfway = await half();
    const end = await half();
    const after = await settledCounts();
    const kept = Object.entries(after).map(([key, count]) => [
      key,
      count - before[key as keyof typeof before],
    ]);
    growth[name] = { ...Object.fromEntries(kept), resident: end - halfway };
  }
  console.log(JSON.stringify(growth));
}

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) {
    await work();
    await collect();
  }
}

void main();
