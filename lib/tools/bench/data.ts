/** Writes MNIST into files that every peer can read. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mnist } from 'mnist-data-loader';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';
import type { Problem } from './worker';

export const workFolder = join(projectRoot, 'build', 'bench');

const file = (name: string) => join(workFolder, name);
const train = { x: file('train-x'), y: file('train-y') };
const test = { x: file('test-x'), y: file('test-y') };

/** MNIST as one compressed `.npz`, the form in which Keras keeps it. */
export const npz = join(workFolder, 'mnist.npz');

/** Writes the sets, a byte a number, and returns the lesson's problem on them. */
export async function writeData(samples: number): Promise<Problem> {
  const [[trainX, trainY], [testX, testY]] = await mnist.loadData();
  writeWhole(train.x, trainX.data);
  writeWhole(train.y, trainY.data);
  writeWhole(test.x, testX.data);
  writeWhole(test.y, testY.data);
  return { images: train.x, labels: train.y, samples, units: 128, batch: 64 };
}

/** Writes the `.npz` from those files. */
export async function writeNpz(python: string): Promise<void> {
  if (existsSync(npz)) return;
  const script = join(projectRoot, 'lib', 'tools', 'bench', 'peers', 'mnist_npz.py');
  await promisify(execFile)(python, [script, npz, train.x, train.y, test.x, test.y]);
}
