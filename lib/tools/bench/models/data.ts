/**
 * The data of a model: random by a seed, with something in it to learn; and tensors as raw files, which
 * `files.py` reads too.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { BenchModel, Input } from './models';

export interface Values {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** Samples, one tensor for each input of the model, and what it is to give for them. */
interface Both<Tensor> {
  readonly x: readonly Tensor[];
  readonly y: Tensor;
}

export type Data = Both<Values>;

/** A class is known by so many numbers, which a sample repeats: enough for a few that are not black. */
const PERIOD = 30;

/**
 * Draws samples for a model and their targets.
 *
 * A sample is noise. Where it has a class, the class's pattern takes the place of the noise at a share
 * of its places, the model's `signal`.
 */
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

function tensorsOf({ inputs, target, signal = 0.2 }: BenchModel, samples: number) {
  const noise = inputs.map((input, i) => noiseOf(input, samples, 100 + i));
  const [first] = noise as [tf.Tensor];
  if (target.kind === 'input') return { x: noise, y: first };
  if (target.kind === 'number') return { x: noise, y: sumsOf(first) };
  const { classes = 2 } = target;
  const chosen = tf.randomUniform<tf.Rank.R1>([samples], 0, classes, 'int32', 160);
  const x = noise.map((values, i) => {
    if (inputs[i]?.kind === 'mask') return values;
    const size = values.size / samples;
    const patterns = noiseOf(inputs[i] as Input, classes, 170 + i).reshape([classes, size]);
    const period = Math.min(PERIOD, size);
    const repeated = patterns
      .slice([0, 0], [classes, period])
      .tile([1, Math.ceil(size / period)])
      .slice([0, 0], [classes, size]);
    const isShown = uniform(values.shape, 180 + i).less(signal);
    return tf.where(isShown, repeated.gather(chosen).reshape(values.shape), values);
  });
  if (target.kind === 'class') return { x, y: chosen };
  const oneHot = tf.oneHot(chosen, classes, 1, 0, 'float32');
  return { x, y: target.kind === 'one-hot' ? oneHot : oneHot.slice([0, 1]) };
}

const uniform = (shape: number[], seed: number) => tf.randomUniform(shape, 0, 1, 'float32', seed);

/** Of mean 0 and deviation 1. */
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
  const drawn = uniform(all, seed).dataSync<'float32'>();
  const pixels = drawn.map(u => (u < black ? 0 : brightness(u)));
  return tf.tensor(pixels, all);
}

/** A weighted sum of each sample's numbers, of deviation 1, and noise, of deviation 0.3. */
function sumsOf(x: tf.Tensor): tf.Tensor {
  const samples = x.shape[0] as number;
  const features = x.size / samples;
  const weights = normal([features, 1], 150).div(Math.sqrt(features));
  const noise = normal([samples, 1], 151).mul(0.3);
  return x.reshape([samples, features]).dot(weights).add(noise);
}

/** A tensor in a file; of bytes if its numbers are pixels, to be divided by 255. */
export interface Entry {
  readonly file: string;
  readonly dtype: 'uint8' | 'int32' | 'float32';
  readonly shape: readonly number[];
}

/** The files of a model's data, all in one folder. */
export type DataFiles = Both<Entry> & { readonly folder: string };

export function writeValues(path: string, { data, shape }: Values): Entry {
  writeFileSync(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const dtype = data instanceof Int32Array ? 'int32' : 'float32';
  return { file: basename(path), dtype, shape };
}

export const writeData = (folder: string, { x, y }: Data): DataFiles => ({
  folder,
  x: x.map((values, i) => writeValues(join(folder, `x${i}`), values)),
  y: writeValues(join(folder, 'y'), y),
});

/** Reads a tensor's bytes, aligned as the numbers need it; of a longer file the first ones. */
export function readBytes(folder: string, { file, dtype, shape }: Entry): Uint8Array<ArrayBuffer> {
  const size = (dtype === 'uint8' ? 1 : 4) * tf.util.sizeFromShape([...shape]);
  return Uint8Array.from(readFileSync(join(folder, file)).subarray(0, size));
}
