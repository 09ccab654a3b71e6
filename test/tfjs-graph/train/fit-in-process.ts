/**
 * Trains the lesson's model again and again, and prints as JSON what that left behind. Run in a
 * process of its own, with `--expose-gc` and a folder for temporary files of its own, by
 * leaks.slow.ts. Usage: fit-in-process.ts floats|bytes
 */
import '../../record-always';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { type FitOptions, fit } from '../../../lib/digits/training/fit';
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
  listeners: process
    .eventNames()
    .map(name => process.listenerCount(name))
    .reduce((sum, n) => sum + n, 0),
});

/** Frees what JavaScript no longer uses: its garbage is no leak. */
async function collect(): Promise<void> {
  globalThis.gc?.();
  // Buffers are freed after the collection that found them unused.
  await setImmediate();
}

async function main(): Promise<void> {
  await useDevice();
  const shape = [SAMPLES, 28, 28] as const;
  const x =
    process.argv[2] === 'bytes'
      ? bytePictures(5, shape)
      : tf.randomUniform([...shape], 0, 1, 'float32', 1);
  const model = compiledModel();
  const y = tf.randomUniform([SAMPLES], 0, 10, 'int32', 2);
  const train = (options: FitOptions = {}) =>
    fit(model, x, y, {
      batchSize: 64,
      validationSplit: 0.2,
      verbose: 0,
      write: () => undefined,
      ...options,
    });
  const kinds: Record<string, (times: number) => Promise<unknown>> = {
    epochs: times => train({ epochs: times, callbacks: { onEpochEnd: collect } }),
    fits: times => repeat(times, () => train()),
    thrown: times =>
      repeat(times, () => {
        const onBatchEnd = (batch: number) => assert.ok(batch < 7, 'thrown by a callback');
        return train({ callbacks: { onBatchEnd } }).catch(() => undefined);
      }),
  };
  // Memory that is taken once, such as the pools of the allocators.
  for (const kind of Object.values(kinds)) await kind(3);
  const growth: Record<string, Growth> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    await collect();
    const before = allCounts();
    const half = async () => {
      await kind(name === 'epochs' ? 25 : 15);
      await collect();
      return resident();
    };
    const halfway = await half();
    const end = await half();
    const after = allCounts();
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
