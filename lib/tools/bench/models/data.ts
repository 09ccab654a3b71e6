/**
 * The data of a model: random by a seed, with something in it to learn; and tensors as raw files, which
 * `files.py` reads too.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { BenchModel, Input, Target } from './models';

export interface Values {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** Samples, one tensor for each input of the model, and what it is to give for them. */
export interface Data {
  readonly x: readonly Values[];
  readonly y: Values;
}

/** A class is known by so many numbers, which a sample repeats: enough for a few that are not black. */
const PERIOD = 30;

/**
 * Draws samples for a model and their targets.
 *
 * A sample is noise. Where it has a class, the class's pattern takes the place of the noise at a share
 * of its places, the model's `signal`.
 */
export function dataOf(model: BenchModel, samples: number): Data {
  const { inputs, target, signal = 0.2 } = model;
  const noise = inputs.map((input, i) => noiseOf(input, samples, 100 + i));
  const [first] = noise as [Values];
  if (target.kind === 'input') return { x: noise, y: first };
  if (target.kind === 'number') return { x: noise, y: sumsOf(first, 150) };
  const classes = target.kind === 'yes-or-no' ? 2 : target.classes;
  const chosen = wholeNumbers(samples, classes, 160);
  const x = noise.map(({ data, shape }, i) => {
    const size = data.length / samples;
    const patterns = noiseOf(inputs[i] as Input, classes, 170 + i).data;
    const shown = uniform(data.length, 180 + i);
    const mixed = data.map((value, k) => {
      const place = (chosen[Math.floor(k / size)] as number) * size + ((k % size) % PERIOD);
      return (shown[k] as number) < signal ? (patterns[place] as number) : value;
    });
    return { data: mixed, shape };
  });
  return { x, y: targetOf(target, chosen, classes) };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** From 0 to 1, to which float32 may round. */
const uniform = (size: number, seed: number) =>
  numbersOf(tf.randomUniform([size], 0, 1, 'float32', seed));

/** From 0 to below `end`. */
const wholeNumbers = (size: number, end: number, seed: number) =>
  Int32Array.from(uniform(size, seed).map(u => Math.min(Math.floor(u * end), end - 1)));

/** Of mean 0 and deviation 1. */
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** Not by `tf.tidy`, which looks for tensors in all that it returns, number by number. */
function numbersOf(tensor: tf.Tensor): Float32Array {
  const data = tensor.dataSync<'float32'>();
  tensor.dispose();
  return data;
}

function noiseOf(input: Input, samples: number, seed: number): Values {
  const shape = [samples, ...input.shape];
  const size = sizeOf(shape);
  if (input.kind === 'normal') return { data: numbersOf(normal([size], seed)), shape };
  if (input.kind === 'tokens') return { data: wholeNumbers(size, input.below, seed), shape };
  const { black } = input;
  const brightness = (u: number) => Math.ceil(((u - black) / (1 - black)) * 255) / 255;
  return { data: uniform(size, seed).map(u => (u < black ? 0 : brightness(u))), shape };
}

function targetOf({ kind }: Target, chosen: Int32Array, classes: number): Values {
  const samples = chosen.length;
  if (kind === 'class') return { data: chosen, shape: [samples] };
  if (kind === 'yes-or-no') return { data: Float32Array.from(chosen), shape: [samples, 1] };
  const oneHot = tf.tidy(() => tf.oneHot(tf.tensor1d(chosen), classes, 1, 0, 'float32'));
  return { data: numbersOf(oneHot), shape: [samples, classes] };
}

/** A weighted sum of each sample's numbers, of deviation 1, and noise, of deviation 0.3. */
function sumsOf({ data, shape: [samples = 0] }: Values, seed: number): Values {
  const features = data.length / samples;
  const shape = [samples, 1];
  const sums = tf.tidy(() => {
    const weights = normal([features, 1], seed).div(Math.sqrt(features));
    return tf
      .tensor2d(data, [samples, features])
      .dot(weights)
      .add(normal(shape, seed + 1).mul(0.3));
  });
  return { data: numbersOf(sums), shape };
}

/** A tensor in a file; of bytes if its numbers are pixels, to be divided by 255. */
export interface Entry {
  readonly file: string;
  readonly dtype: 'uint8' | 'int32' | 'float32';
  readonly shape: readonly number[];
}

/** The samples, a file for each input of a model, and their targets, all in one folder. */
export interface DataFiles {
  readonly folder: string;
  readonly x: readonly Entry[];
  readonly y: Entry;
}

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
  const size = (dtype === 'uint8' ? 1 : 4) * sizeOf(shape);
  return Uint8Array.from(readFileSync(join(folder, file)).subarray(0, size));
}
