/** `npm run bench`: tables on the terminal, and all numbers in `build/bench.json`. */
import { mkdirSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
import { measureWebsite } from './browser';
import { type EpochPlan, measureEpochs } from './epochs';
import { type DataFiles, dataOf, writeData } from './models/data';
import { LESSON, models } from './models/models';
import { type Measurement, outliers, report } from './report';
import { benchPython, lessonRows, modelRows, type Row } from './rows';

const USAGE = `npm run bench -- [options]
  Compares training the lesson's model and running its website, in about 20 minutes.
npm run bench -- --models [options]
  Compares training a dozen models of different kinds, in about 15 minutes.

  --only NAME,…     what to measure: rows or browser; with --models rows or models
  --quick           little of everything, to see that it works
  --help            this help`;

/** Takes the data that the rows read. */
const dataFolder = join(projectRoot, 'build', 'bench');

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
  const rows = (values.models ? modelRows : lessonRows)(native, card);
  const names = rows.map(({ name }) => name);
  const known = values.models
    ? [...models.map(({ name }) => name), ...names]
    : [...names, 'browser'];
  const wanted = values.only?.flatMap(each => each.split(',')) ?? known;
  const unknown = wanted.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new Failure(`Expected --only to name one of ${known.join(', ')}. Received: ${unknown}`);
  }
  // How busy it is, too, before anything is measured.
  console.log(
    `${cpus()[0]?.model.trim() || process.arch} × ${cpus().length}, load ${loadavg()[0]?.toFixed(1)}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const measurements = await (values.models ? runModels : runLesson)(rows, wanted, values.quick);
  const file = join('build', 'bench.json');
  writeJson(join(projectRoot, file), measurements);
  report(measurements);
  console.log(`\n${file}`);
  if (values.quick) console.log('A quick run: its numbers only show that everything works.');
  const wrong = measurements.some(({ trouble }) => trouble) || outliers(measurements).length > 0;
  if (wrong && !values.quick) process.exitCode = 1;
}

async function runLesson(all: Row[], wanted: string[], quick: boolean) {
  const rows = all.filter(({ name }) => wanted.includes(name));
  const measurements: Measurement[] = [];
  if (rows.some(isPython)) await setUpPeers();
  if (rows.length > 0) {
    const data = await writeMnist(quick ? 8_000 : 60_000);
    const problem = { model: LESSON, data, batchSize: 64, validationSplit: 0.2 };
    const plan = quick ? { turns: 1, epochs: 3 } : { turns: 3, epochs: 7 };
    measurements.push(...(await measureEpochs('an epoch', rows, problem, plan, console.log)));
  }
  if (wanted.includes('browser')) {
    measurements.push(...(await measureWebsite(quick ? 1 : 3, console.log)));
  }
  return measurements;
}

async function runModels(all: Row[], wanted: string[], quick: boolean) {
  // A list of models alone wants every row, and a list of rows alone every model.
  const wantedOf = <T extends { readonly name: string }>(list: readonly T[]) => {
    const own = list.filter(({ name }) => wanted.includes(name));
    return own.length > 0 ? own : list;
  };
  // Here it only draws the data, and need not recommend a faster engine.
  tf.enableProdMode();
  const rows = wantedOf(all);
  if (rows.some(isPython)) await setUpPeers();
  const plan: EpochPlan = quick ? { turns: 1, epochs: 2 } : { turns: 1, epochs: 12, seconds: 4 };
  const measurements: Measurement[] = [];
  mkdirSync(dataFolder, { recursive: true });
  for (const model of wantedOf(models)) {
    const { name, batchSize, without = [] } = model;
    const able = rows.filter(row => !without.includes(row.name));
    const samples = quick ? Math.min(model.samples, 2 * batchSize) : model.samples;
    const data = writeData(dataFolder, dataOf(model, samples));
    const problem = { model, data, batchSize, validationSplit: 0 };
    measurements.push(...(await measureEpochs(name, able, problem, plan, console.log)));
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
  const [[x, y]] = await mnist.loadData();
  writeWhole(join(dataFolder, 'x'), x.data);
  writeWhole(join(dataFolder, 'y'), new Uint8Array(Int32Array.from(y.data).buffer));
  return {
    folder: dataFolder,
    x: [{ file: 'x', dtype: 'uint8', shape: [samples, 28, 28] }],
    y: { file: 'y', dtype: 'int32', shape: [samples] },
  };
}
