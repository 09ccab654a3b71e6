/** MNIST in files that every peer can read. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mnist } from 'mnist-data-loader';
import { projectRoot } from '../setup/paths';
import { writeWhole } from '../setup/stamp';
import type { Problem } from './worker';

export const workFolder = join(projectRoot, 'build', 'bench');

/** Writes the training set, a byte a number, and returns the problem of the lesson on it. */
export async function writeData(samples = 60_000): Promise<Problem> {
  const [[trainX, trainY]] = await mnist.loadData();
  mkdirSync(workFolder, { recursive: true });
  const [images, labels] = [join(workFolder, 'images'), join(workFolder, 'labels')];
  writeWhole(images, trainX.data);
  writeWhole(labels, trainY.data);
  return { images, labels, samples, units: 128, batch: 64 };
}
