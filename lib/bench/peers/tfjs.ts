/**
 * Trains in TensorFlow.js, with tfjs-graph or without. Our row trains the lesson like the kernel, and other models
 * like any program that imports tfjs-graph. Usage: tfjs.ts own|stock native|gpu|wasm
 */
import { createInterface } from 'node:readline';
import 'tfjs-graph/native/node-util';
import * as tf from '@tensorflow/tfjs';
import { alignedBytes } from 'mnist-data-loader/decode';
import { build } from '../models/build';
import { type Entry, readBytes } from '../models/data';
import type { Problem } from '../problems';

const [, , whose, engine] = process.argv;
const isOurs = whose === 'own';
const problem: Problem = JSON.parse(process.env.DIGITS_BENCH_PROBLEM ?? '');
const { batchSize, validationSplit } = problem;

/** Its import replaces methods of TensorFlow.js. */
const tfjsGraph: typeof import('tfjs-graph') | undefined = isOurs
  ? require('tfjs-graph')
  : undefined;

const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const say = (message: object) => process.stdout.write(`@bench ${JSON.stringify(message)}\n`);

let started = 0;

/** Waits for the request of an epoch, and starts the clock. Exits when the benchmark closes the pipe. */
async function nextEpoch(): Promise<void> {
  if ((await commands.next()).done) process.exit();
  started = performance.now();
}

/** Stops the clock, and reports the epoch's loss and the peak of memory. */
function done(loss: unknown): void {
  const seconds = (performance.now() - started) / 1000;
  say({ event: 'done', seconds, loss, peak: process.resourceUsage().maxRSS * 1024 });
}

/** Starts the engine like any program, without a choice of threads. */
async function startEngine(): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL = '3';
  if (engine === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('@tensorflow/tfjs-node-gpu');
  await tf.setBackend(engine === 'wasm' ? 'wasm' : 'tensorflow');
}

/** Checks that the engine of the row runs. */
function assertEngine(): void {
  const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean };
  const native = isUsingGpuDevice ? 'gpu' : 'native';
  const running = tf.getBackend() === 'tensorflow' ? native : tf.getBackend();
  if (running !== engine) throw new Error(`Expected the engine ${engine} but ${running} runs`);
}

function read(entry: Entry): tf.Tensor {
  const shape = [...entry.shape];
  const bytes = readBytes(problem.data.folder, entry);
  if (entry.dtype === 'int32') return tf.tensor(new Int32Array(bytes.buffer), shape);
  if (entry.dtype === 'float32') return tf.tensor(new Float32Array(bytes.buffer), shape);
  if (!tfjsGraph) return tf.tidy(() => tf.tensor(bytes, shape, 'float32').div(255));
  const pixels = alignedBytes(16 + bytes.length).subarray(16); // Aligned like the loader's, after a header.
  pixels.set(bytes);
  return tfjsGraph.divide({ data: pixels, shape }, 255);
}

async function main(): Promise<void> {
  const isLesson = validationSplit > 0;
  const digits: typeof import('digits') | undefined =
    isOurs && isLesson ? require('digits') : undefined;
  if (digits) {
    require('kernel/node/v8-flags'); // Like the lesson's kernel.
    await digits.useDevice(engine === 'native' ? 'cpu' : (engine as 'gpu' | 'wasm'));
  } else await startEngine();
  assertEngine();
  const x = problem.data.x.map(read);
  const y = read(problem.data.y);
  const model = build(problem.model, isLesson ? [tf.metrics.sparseCategoricalAccuracy] : []);
  say({ event: 'ready' });

  const callbacks = {
    async onEpochEnd(_epoch: number, logs?: tf.Logs) {
      done(logs?.loss);
      await nextEpoch();
    },
  };
  const options = { batchSize, epochs: 1e6, validationSplit };
  await nextEpoch();
  if (digits) {
    // Formats the lesson's progress line without a terminal.
    await model.fit(x[0] as tf.Tensor, y, { ...options, callbacks });
  } else {
    // The stock sparse loss accepts classes only as floats.
    await model.fit(x, y.toFloat(), { ...options, callbacks, verbose: 0 });
  }
}

// The benchmark shows only the last lines of the output, so the stack must not hide the message.
Error.stackTraceLimit = 4;

main();
