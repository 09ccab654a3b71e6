/** Keeps models as files, each in a folder beside the notebook; `store.browser.ts` is its twin for browsers. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { messages } from '../language';

/** The files of TensorFlow.js's own format: the layers, and the weights one after the other. */
const [LAYERS, WEIGHTS] = ['model.json', 'weights.bin'];

export const placeOf = (name: string): string => messages().leaving.inFolder(name);

/** The kernel works where the notebook is. */
const placed = (name: string, file = ''): string => join(process.cwd(), name, file);

export const has = async (name: string): Promise<boolean> => existsSync(placed(name, LAYERS));

/** Returns what `save` and `loadLayersModel` take for a model of this name. */
export const handlerOf = (name: string): tf.io.IOHandler | string => ({
  async save(artifacts) {
    const { weightData = new ArrayBuffer(0), weightSpecs: weights = [], ...layers } = artifacts;
    const json = { ...layers, weightsManifest: [{ paths: [WEIGHTS], weights }] };
    const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
    await mkdir(placed(name), { recursive: true });
    await writeFile(placed(name, WEIGHTS), bytes);
    await writeFile(placed(name, LAYERS), JSON.stringify(json));
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  },
  async load() {
    const { weightsManifest, ...layers } = JSON.parse(await readFile(placed(name, LAYERS), 'utf8'));
    const { buffer, byteOffset, byteLength } = await readFile(placed(name, WEIGHTS));
    const weightData = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    return { ...layers, weightSpecs: weightsManifest[0].weights, weightData };
  },
});
