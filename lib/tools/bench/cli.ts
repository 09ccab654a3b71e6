/** `npm run bench`: tables on the terminal, and all numbers in `build/bench.json`. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { gpuName } from 'digits/device/nvidia';
import { mnist } from 'mnist-data-loader';
import { Failure } from '../project/failure.mjs';
import { writeJson, writeWhole } from '../project/files';
import { thisMachine } from '../project/machine';
import { projectRoot } from '../project/paths';
import { setUp, siteOf } from '../setup/setup';
import { packagesStep } from '../setup/steps/packages';
import { venvStep } from '../setup/steps/venv';
import { browserLesson } from './browser';
import { type EpochPlan, measureEpochs } from './epochs';
import { measureLessons, notebookLessons } from './lesson';
import { type DataFiles, dataOf, writeData } from './models/data';
import { LESSON, models } from './models/models';
import { type Measurement, outliers, report } from './report';
import { benchPython, lessonRows, modelRows, peerFile, type Row } from './rows';

const USAGE = `npm run bench -- [options]
  Compares training the lesson's model, the lesson's notebook and its website, in about 20 minutes.
npm run bench -- --models [options]
  Compares training a dozen models of different kinds, in about 15 minutes.

  --only NAME,…     what to measure: rows, lesson or browser; with --models rows or models
  --quick           little of everything, to see that it works
  --help            this help`;

/** Takes the data that the rows read. */
const dataFolder = join(projectRoot, 'build', 'bench');

const say = (line: string) => console.log(line);

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      models: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const { native } = thisMachine();
  const card = native ? await gpuName() : undefined;
  const only = values.only?.flatMap(each => each.split(','));
  // How busy it is, too, before anything is measured.
  console.log(
    `${cpus()[0]?.model.trim() || process.arch} × ${cpus().length}, load ${loadavg()[0]?.toFixed(1)}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const measurements = values.models
    ? await runModels(modelRows(native, card), only, values.quick)
    : await runLesson(lessonRows(native, card), only, values.quick);
  const file = join('build', 'bench.json');
  writeJson(join(projectRoot, file), measurements);
  report(measurements);
  console.log(`\n${file}`);
  if (values.quick) console.log('A quick run: its numbers only show that everything works.');
  const wrong = measurements.some(({ trouble }) => trouble) || outliers(measurements).length > 0;
  if (wrong && !values.quick) process.exitCode = 1;
}

/** Returns what says whether a name is wanted; without `--only`, every one is. */
function choice(only: readonly string[] | undefined, known: readonly string[]) {
  const unknown = only?.find(name => !known.includes(name));
  if (unknown === undefined) return (name: string) => !only || only.includes(name);
  throw new Failure(`Expected --only to name one of ${known.join(', ')}. Received: ${unknown}`);
}

async function runLesson(all: Row[], only: string[] | undefined, quick: boolean) {
  const isWanted = choice(only, [...all.map(({ name }) => name), 'lesson', 'browser']);
  const rows = all.filter(({ name }) => isWanted(name));
  if (isWanted('lesson') || rows.some(isPython)) await setUpPeers();
  const data = await writeMnist(quick ? 8_000 : 60_000);
  const measurements: Measurement[] = [];
  if (rows.length > 0) {
    const problem = { model: LESSON, data, batchSize: 64, validationSplit: 0.2 };
    const plan = quick ? { turns: 1, epochs: 3 } : { turns: 3, epochs: 7 };
    measurements.push(...(await measureEpochs('an epoch', rows, problem, plan, say)));
  }
  if (isWanted('lesson')) {
    const python = benchPython.program('python');
    await promisify(execFile)(python, [peerFile('mnist.py'), data.folder]);
    const notebooks = await notebookLessons(data);
    measurements.push(...(await measureLessons(notebooks, quick ? 1 : 4, say)));
  }
  if (isWanted('browser')) {
    measurements.push(...(await measureLessons([browserLesson], quick ? 1 : 3, say)));
  }
  return measurements;
}

async function runModels(all: Row[], only: string[] | undefined, quick: boolean) {
  const isWanted = choice(
    only,
    [...models, ...all].map(({ name }) => name),
  );
  // A list of models alone wants every row, and a list of rows alone every model.
  const wantedOf = <T extends { readonly name: string }>(list: readonly T[]) => {
    const wanted = list.filter(({ name }) => isWanted(name));
    return wanted.length > 0 ? wanted : list;
  };
  // Here it only draws the data, and need not recommend a faster engine.
  tf.enableProdMode();
  const rows = wantedOf(all);
  if (rows.some(isPython)) await setUpPeers();
  const plan: EpochPlan = quick ? { turns: 1, epochs: 2 } : { turns: 1, epochs: 12, seconds: 4 };
  const measurements: Measurement[] = [];
  mkdirSync(dataFolder, { recursive: true });
  for (const model of wantedOf(models)) {
    const { name, batchSize } = model;
    const samples = quick ? Math.min(model.samples, 2 * batchSize) : model.samples;
    const data = writeData(dataFolder, dataOf(model, samples));
    const problem = { model, data, batchSize, validationSplit: 0 };
    measurements.push(...(await measureEpochs(name, rows, problem, plan, say)));
  }
  return measurements;
}

const isPython = ({ command }: Row) => command?.program === benchPython.program('python');

/** Installs what is missing of the peers into `.venv-bench`, as into `.venv`, from the same list. */
async function setUpPeers(): Promise<void> {
  const steps = [venvStep, packagesStep];
  const site = { ...siteOf({ prefix: benchPython.prefix, extras: ['bench'] }), own: true };
  const size = 'The peers are installed into .venv-bench, only once: a download of about 1 GB.';
  await setUp(site, steps, size);
}

/** Writes MNIST into files that every peer can read, a byte a number, and labels as numbers. */
async function writeMnist(samples: number): Promise<DataFiles> {
  const folder = dataFolder;
  const [[trainX, trainY], [testX, testY]] = await mnist.loadData();
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
