/** Writes the training data of the rows. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { projectRoot } from 'command/machine/paths';
import { mnist } from 'mnist-data-loader';
import { type DataFiles, dataOf, writeData } from './models/data';
import { type BenchModel, LESSON } from './models/models';

/** A model to train; programs read a problem as JSON. */
export interface Problem {
  readonly model: BenchModel;
  readonly data: DataFiles;
  readonly batchSize: number;
  /** The share of the samples for validation; more than 0 only for the lesson. */
  readonly validationSplit: number;
}

const dataFolder = join(projectRoot, 'build', 'bench');

/** Writes the data of one problem after the other: the lesson's, or one for each of `models`. */
export async function* problemsOf(
  models: readonly BenchModel[] | undefined,
  isQuick: boolean,
): AsyncGenerator<Problem> {
  tf.enableProdMode(); // Suppresses TensorFlow.js's recommendation of a faster engine.
  mkdirSync(dataFolder, { recursive: true });
  if (!models) yield await lessonProblem(isQuick ? 8_000 : 60_000);
  for (const model of models ?? []) {
    const samples = isQuick ? Math.min(model.samples, 2 * model.batchSize) : model.samples;
    const data = writeData(dataFolder, dataOf(model, samples));
    yield { model, data, batchSize: model.batchSize, validationSplit: 0 };
  }
}

/** Writes MNIST, a byte per pixel and an int32 per label. */
async function lessonProblem(samples: number): Promise<Problem> {
  const [[x, y]] = await mnist.loadData();
  const pixels = { data: x.data.subarray(0, 784 * samples), shape: [samples, 28, 28] };
  const labels = { data: Int32Array.from(y.data).subarray(0, samples), shape: [samples] };
  const data = writeData(dataFolder, { x: [pixels], y: labels });
  return { model: LESSON, data, batchSize: 64, validationSplit: 0.2 };
}
