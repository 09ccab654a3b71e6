/** Writes the data that the rows train on. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { mnist } from 'mnist-data-loader';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';
import { type DataFiles, dataOf, writeData } from './models/data';
import { type BenchModel, LESSON } from './models/models';

/** A model to train. Every program reads it as JSON. */
export interface Problem {
  readonly model: BenchModel;
  readonly data: DataFiles;
  readonly batchSize: number;
  /** The share of the samples that validates: more than 0 for the lesson alone. */
  readonly validationSplit: number;
}

const dataFolder = join(projectRoot, 'build', 'bench');

/** Writes MNIST, a byte per pixel and an int32 per label, and returns the lesson's problem. */
export async function lessonProblem(isQuick: boolean): Promise<Problem> {
  const samples = isQuick ? 8_000 : 60_000;
  const [[x, y]] = await mnist.loadData();
  writeWhole(join(dataFolder, 'x'), x.data);
  writeWhole(join(dataFolder, 'y'), new Uint8Array(Int32Array.from(y.data).buffer));
  const data: DataFiles = {
    folder: dataFolder,
    x: [{ file: 'x', dtype: 'uint8', shape: [samples, 28, 28] }],
    y: { file: 'y', dtype: 'int32', shape: [samples] },
  };
  return { model: LESSON, data, batchSize: 64, validationSplit: 0.2 };
}

/** Writes random data for a model, and returns its problem. */
export function modelProblem(model: BenchModel, isQuick: boolean): Problem {
  tf.enableProdMode(); // The data needs no fast engine, so TensorFlow.js need not recommend one.
  mkdirSync(dataFolder, { recursive: true });
  const samples = isQuick ? Math.min(model.samples, 2 * model.batchSize) : model.samples;
  const data = writeData(dataFolder, dataOf(model, samples));
  return { model, data, batchSize: model.batchSize, validationSplit: 0 };
}
