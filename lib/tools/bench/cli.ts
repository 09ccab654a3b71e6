/** `npm run bench`: a table on the terminal, and all numbers in `build/bench.json`. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { gpuOfSmi } from 'digits/device/nvidia';
import { mnist } from 'mnist-data-loader';
import { runCommand } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { writeJson, writeWhole } from '../project/files';
import { thisMachine } from '../project/machine';
import { projectRoot } from '../project/paths';
import { measureBrowser } from './browser';
import { type EpochPlan, measureEpochs } from './epochs';
import { measureLesson } from './lesson';
import { dataOf } from './models/data';
import { type DataFiles, writeData } from './models/files';
import { type Architecture, LESSON, LOSSES, models } from './models/models';
import { benchPython, setUpPeers } from './peers-environment';
import { describe, type Measurement, outliers } from './report';
import { chosen, lessonRows, modelRows, type Offer, type Problem, peerFile } from './rows';

const USAGE = `npm run bench -- [options]
  Compares training the lesson's model, the lesson's notebook and its website, in about 20 minutes.
npm run bench -- --models [options]
  Compares training a dozen models of different kinds, in about 15 minutes.

  --only NAME,…     what to measure: rows, lesson or browser; with --models rows or models
  --quick           little of everything, to see that it works
  --help            this help`;

interface Options {
  readonly only?: readonly string[];
  /** Measures little of everything, to see that it works. */
  readonly quick: boolean;
}

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const python = benchPython.program('python');
  const offer = { python, native: thisMachine().native, card: await gpuOfSmi() };
  const options = { quick: values.quick, only: values.only?.flatMap(each => each.split(',')) };
  const measurements = await (values.models ? runModels : runLesson)(offer, options);
  const file = join('build', 'bench.json');
  writeJson(join(projectRoot, file), measurements);
  console.log(`\n${describe(measurements)}\n\n${file}`);
  if (values.quick) console.log('A quick run: its numbers only show that everything works.');
  const wrong = measurements.some(({ trouble }) => trouble) || outliers(measurements).length > 0;
  if (wrong && !values.quick) process.exitCode = 1;
}

function checkNames(only: readonly string[] = [], known: readonly string[]): void {
  const unknown = only.find(name => !known.includes(name));
  if (unknown === undefined) return;
  throw new Failure(`Expected --only to name one of ${known.join(', ')}. Received: ${unknown}`);
}

async function runLesson(offer: Offer, { only, quick }: Options): Promise<Measurement[]> {
  const all = lessonRows(offer);
  checkNames(only, [...all.map(({ name }) => name), 'lesson', 'browser']);
  const wanted = (name: string) => !only || only.includes(name);
  const rows = only ? all.filter(({ name }) => only.includes(name)) : chosen(all);
  if (wanted('lesson') || rows.some(({ command }) => command?.program === offer.python)) {
    await setUpPeers();
  }
  const data = await writeMnist(quick ? 8_000 : 60_000);
  const problem = problemOf('dense', LESSON, data, 64, 0.2);
  const plan: EpochPlan = quick
    ? { turns: 1, epochs: 3, retries: 0 }
    : { turns: 3, epochs: 7, retries: 3 };
  const epochs = rows.length > 0 ? await measureEpochs('an epoch', rows, problem, plan, say) : [];
  if (wanted('lesson'))
    await promisify(execFile)(offer.python, [peerFile('mnist.py'), data.folder]);
  return [
    ...epochs,
    ...(wanted('lesson') ? await measureLesson(data, quick ? 1 : 4, quick ? 0 : 2, say) : []),
    ...(wanted('browser') ? await measureBrowser(quick ? 1 : 3, say) : []),
  ];
}

async function runModels(offer: Offer, { only, quick }: Options): Promise<Measurement[]> {
  const all = modelRows(offer);
  checkNames(
    only,
    [...models, ...all].map(({ name }) => name),
  );
  // Here it only draws the data, and need not recommend a faster engine.
  tf.enableProdMode();
  const rows = chosen(all, only);
  if (rows.some(({ command }) => command?.program === offer.python)) {
    await setUpPeers();
  }
  const named = models.filter(({ name }) => only?.includes(name));
  const measurements: Measurement[] = [];
  for (const model of named.length > 0 ? named : models) {
    const { name, batchSize } = model;
    const folder = mkdtempSync(join(tmpdir(), 'digits-bench-'));
    try {
      const samples = quick ? Math.min(model.samples, 2 * batchSize) : model.samples;
      const data = writeData(folder, dataOf(model, samples));
      const problem = problemOf(name, model, data, batchSize, 0);
      const plan: EpochPlan = quick
        ? { turns: 1, epochs: 2, retries: 0 }
        : { turns: 1, epochs: 12, seconds: 4, retries: 1 };
      measurements.push(...(await measureEpochs(name, rows, problem, plan, say)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return measurements;
}

const problemOf = (
  name: string,
  model: Architecture,
  data: DataFiles,
  batchSize: number,
  validationSplit: number,
): Problem => ({
  model: { ...model, name, loss: LOSSES[model.target.kind] },
  ...{ data, batchSize, validationSplit },
});

/** Writes MNIST into files that every peer can read, a byte a number, and labels as numbers. */
async function writeMnist(samples: number): Promise<DataFiles> {
  const folder = join(projectRoot, 'build', 'bench');
  const [[trainX, trainY], [testX, testY]] = await mnist.loadData();
  mkdirSync(folder, { recursive: true });
  const sets = { 'train-x': trainX, 'train-y': trainY, 'test-x': testX, 'test-y': testY };
  for (const [name, { data }] of Object.entries(sets)) writeWhole(join(folder, name), data);
  const labels = new Uint8Array(Int32Array.from(trainY.data).buffer);
  writeWhole(join(folder, 'labels'), labels);
  return {
    folder,
    x: [{ file: 'train-x', dtype: 'uint8', shape: [samples, 28, 28] }],
    y: { file: 'labels', dtype: 'int32', shape: [samples] },
  };
}

void runCommand(main);
