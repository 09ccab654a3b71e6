/** Stores models as files, each in a folder next to the notebook; browser version: `store.browser.ts`. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { messages } from '../language';

/** TensorFlow.js's file format: the layers, and the concatenated weights. */
const [LAYERS, WEIGHTS] = ['model.json', 'weights.bin'];

export const placeOf = (name: string): string => messages().leaving.inFolder(name);

/**
 * The kernel's working directory is the notebook's folder. The path is relative, because `process.cwd()` would return
 * the old name of a folder that was renamed.
 */
const pathOf = (name: string, file = ''): string => join('.', name, file);

export const has = async (name: string): Promise<boolean> => existsSync(pathOf(name, LAYERS));

/** Returns the IO handler for `save` and `loadLayersModel`. */
export const handlerOf = (name: string): tf.io.IOHandler | string => ({
  async save(artifacts) {
    const { weightData = new ArrayBuffer(0), weightSpecs: weights = [], ...layers } = artifacts;
    const json = { ...layers, weightsManifest: [{ paths: [WEIGHTS], weights }] };
    const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
    await mkdir(pathOf(name), { recursive: true });
    await writeFile(pathOf(name, WEIGHTS), bytes);
    await writeFile(pathOf(name, LAYERS), JSON.stringify(json));
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  },
  async load() {
    const { weightsManifest, ...layers } = JSON.parse(await readFile(pathOf(name, LAYERS), 'utf8'));
    const { buffer, byteOffset, byteLength } = await readFile(pathOf(name, WEIGHTS));
    const weightData = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    return { ...layers, weightSpecs: weightsManifest[0].weights, weightData };
  },
});
