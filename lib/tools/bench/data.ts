/** MNIST in files that every peer can read. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mnist } from 'mnist-data-loader';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';
import type { Problem } from './worker';

export const workFolder = join(projectRoot, 'build', 'bench');

const files = ['train-x', 'train-y', 'test-x', 'test-y'].map(name => join(workFolder, name));
const [images, labels] = files as [string, string];

/** MNIST as one compressed `.npz`, the form in which Keras keeps it. */
export const npz = join(workFolder, 'mnist.npz');

/** Writes the sets, a byte a number, and returns the lesson's problem on them. */
export async function writeData(samples: number): Promise<Problem> {
  const [train, test] = await mnist.loadData();
  [...train, ...test].forEach(({ data }, i) => {
    writeWhole(files[i] as string, data);
  });
  return { images, labels, samples, units: 128, batch: 64 };
}

/** Writes the `.npz` from those files. */
export async function writeNpz(python: string): Promise<void> {
  if (existsSync(npz)) return;
  const script = join(projectRoot, 'lib', 'tools', 'bench', 'peers', 'mnist_npz.py');
  await promisify(execFile)(python, [script, npz, ...files]);
}
