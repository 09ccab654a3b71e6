/** Draws the data of a model by a seed, and writes tensors as raw files. `peer.py` reads them, too. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { BenchModel, Input } from './models';

export interface Values {
  readonly data: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
}

/** Samples, a tensor for each input of the model, and targets. */
interface Both<Tensor> {
  readonly x: readonly Tensor[];
  readonly y: Tensor;
}

export type Data = Both<Values>;

/** Draws samples for a model. The targets depend on the first input, so models can learn. */
export function dataOf(model: BenchModel, samples: number): Data {
  const { x, y } = tf.tidy(() => tensorsOf(model, samples));
  const data = { x: x.map(valuesOf), y: valuesOf(y) };
  tf.dispose([x, y]);
  return data;
}

const valuesOf = (tensor: tf.Tensor): Values => ({
  data: tensor.dataSync<'float32' | 'int32'>(),
  shape: tensor.shape,
});

function tensorsOf({ inputs, target: { kind, classes = 1 } }: BenchModel, samples: number) {
  const x = inputs.map((input, i) => noiseOf(input, samples, 100 + i));
  const [first] = x as [tf.Tensor];
  if (kind === 'input') return { x, y: first };
  const features = first.toFloat().reshape([samples, -1]);
  const size = features.size / samples;
  const weights = normal([size, classes], 150).div(Math.sqrt(size));
  const scores = features.sub(features.mean(0)).dot(weights);
  if (kind === 'number') return { x, y: scores };
  if (kind === 'yes-or-no') return { x, y: scores.step() };
  const numbers = scores.argMax<tf.Tensor1D>(1);
  return { x, y: kind === 'class' ? numbers : tf.oneHot(numbers, classes, 1, 0, 'float32') };
}

/** Draws numbers of mean 0 and deviation 1. */
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

function noiseOf({ kind, shape, black = 0, below }: Input, samples: number, seed: number) {
  const all = [samples, ...shape];
  if (kind === 'normal') return normal(all, seed);
  if (kind === 'mask') {
    const [length = 0] = shape.slice(-1);
    const end = tf.randomUniform([samples, ...shape.map(() => 1)], 1, length + 1, 'int32', seed);
    return tf.range(0, length, 1, 'int32').greaterEqual(end).mul(-1e9);
  }
  if (kind === 'tokens') return tf.randomUniform(all, 0, below, 'int32', seed);
  const brightness = (u: number) => Math.ceil(((u - black) / (1 - black)) * 255) / 255;
  const uniform = tf.randomUniform(all, 0, 1, 'float32', seed).dataSync<'float32'>();
  const pixels = uniform.map(u => (u < black ? 0 : brightness(u)));
  return tf.tensor(pixels, all);
}

/** A tensor in a file. Bytes are pixels, to be divided by 255. */
export interface Entry {
  readonly file: string;
  readonly dtype: 'uint8' | 'int32' | 'float32';
  readonly shape: readonly number[];
}

/** The files of a model's data, in one folder. */
export type DataFiles = Both<Entry> & { readonly folder: string };

function writeValues(path: string, { data, shape }: Values): Entry {
  writeFileSync(path, data);
  const floatOrInt = data instanceof Int32Array ? 'int32' : 'float32';
  return { file: basename(path), dtype: data instanceof Uint8Array ? 'uint8' : floatOrInt, shape };
}

export const writeData = (folder: string, { x, y }: Data): DataFiles => ({
  folder,
  x: x.map((values, i) => writeValues(join(folder, `x${i}`), values)),
  y: writeValues(join(folder, 'y'), y),
});

/** Reads the bytes of a tensor, aligned for its numbers, from the start of a file. */
export function readBytes(folder: string, { file, dtype, shape }: Entry): Uint8Array<ArrayBuffer> {
  const size = (dtype === 'uint8' ? 1 : 4) * tf.util.sizeFromShape([...shape]);
  return Uint8Array.from(readFileSync(join(folder, file)).subarray(0, size));
}
