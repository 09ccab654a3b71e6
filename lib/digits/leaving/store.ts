/** Keeps models as files, each in a folder beside the notebook; `store.browser.ts` is its twin for browsers. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { messages } from '../language';

/** The files of TensorFlow.js's own format: the layers, and the weights one after the other. */
const [LAYERS, WEIGHTS] = ['model.json', 'weights.bin'];

/** Says where a model of this name is. */
export const placeOf = (name: string): string => messages().leaving.inFolder(name);

/** The kernel works where the notebook is. */
const folderOf = (name: string): string => join(process.cwd(), name);

export const has = async (name: string): Promise<boolean> =>
  existsSync(join(folderOf(name), LAYERS));

export async function write(name: string, artifacts: tf.io.ModelArtifacts): Promise<void> {
  const { weightData = new ArrayBuffer(0), weightSpecs: weights = [], ...layers } = artifacts;
  const json = { ...layers, weightsManifest: [{ paths: [WEIGHTS], weights }] };
  const folder = folderOf(name);
  await mkdir(folder, { recursive: true });
  const bytes = tf.io.CompositeArrayBuffer.join(weightData);
  await writeFile(join(folder, WEIGHTS), new Uint8Array(bytes));
  await writeFile(join(folder, LAYERS), JSON.stringify(json));
}

export async function read(name: string): Promise<tf.io.ModelArtifacts> {
  const folder = folderOf(name);
  const json = JSON.parse(await readFile(join(folder, LAYERS), 'utf8'));
  const { weightsManifest, ...layers } = json;
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, WEIGHTS));
  const weightData = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  return { ...layers, weightSpecs: weightsManifest[0].weights, weightData };
}
