/**
 * TensorFlow.js as a peer on one of the models of `models/`: `fit` of tfjs-graph, or the stock
 * `model.fit`, on the native engine or on WebAssembly, which both find as any program starts it.
 * Usage: model.ts PROBLEM own|stock native|wasm
 */
import type * as tf from '@tensorflow/tfjs';
import { fit } from 'tfjs-graph';
import { tensorOf } from '../models/data';
import { models } from '../models/models';
import { readData } from '../models/read-data';
import type { ModelProblem } from '../models/rows';
import { engineVersions, requireEngine, startEngine } from './engine';
import { askedFor, done, end, nextEpoch, ready } from './peer';

const { name, folder, files } = askedFor<ModelProblem>();
const [, , , whose, engine] = process.argv;

async function main(): Promise<void> {
  await startEngine(engine);
  requireEngine(engine);
  const model = models.find(each => each.name === name);
  if (!model) throw new RangeError(`Expected the name of a model but received ${name}`);
  const data = readData(folder, files);
  const x = data.x.map(tensorOf);
  const y = tensorOf(data.y);
  const { batchSize, build } = model;
  const compiled = build();
  ready(engineVersions());

  let why: string | undefined;
  const callbacks: tf.CustomCallbackArgs = {
    async onEpochEnd(_epoch, logs = {}) {
      done({ loss: logs.loss });
      if (!(await nextEpoch())) end(why);
    },
  };
  const options = { batchSize, epochs: 1e6 };
  if (!(await nextEpoch())) end();
  if (whose === 'own') {
    const onFallback = (error: Error) => {
      why = error.message;
    };
    await fit(compiled, x, y, { ...options, callbacks: [callbacks], onFallback });
  } else {
    // It takes the numbers of classes as floats alone.
    await compiled.fit(x, y.toFloat(), { ...options, callbacks, verbose: 0 });
  }
}

// The benchmark keeps the last words, of which the message is to be one.
Error.stackTraceLimit = 4;

main().catch(error => {
  console.error(error instanceof Error ? error.stack : error);
  process.exit(1);
});
