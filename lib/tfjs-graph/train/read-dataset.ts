import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { InputError } from '../errors';
import { type InnerModel, inOrder, type NamedTensors } from './trainer';

/** A dataset of batches `{ xs, ys }`, as those of `tf.data`. */
export interface BatchDataset {
  /** Its batches, if it knows: infinity if it never ends. */
  readonly size?: number | null;
  iterator(): Promise<{
    next(): Promise<{ readonly value: unknown; readonly done?: boolean | undefined }>;
  }>;
}

/** Says whether a value is a dataset, of whichever copy of TensorFlow.js. */
export const isDataset = (value: unknown): value is BatchDataset =>
  typeof (value as BatchDataset | null)?.iterator === 'function';

/** Says what a dataset has to do, what it is, and what to do about it. */
export const datasetError = (name: string, expected: string, received: string, remedy: string) =>
  new InputError({ code: 'dataset', name, expected, received, remedy });

interface Reading {
  readonly name: string;
  /** The most batches to be read; defaults to all. */
  readonly batches?: number | undefined;
  /** The option that would say so. */
  readonly option: string;
  /** The most bytes of a dataset that nobody knows the size of; defaults to 2 GiB. */
  readonly bytes?: number;
}

/** A dataset's batches one behind the other; the caller disposes of the tensors. */
interface DatasetTensors {
  /** For each input, `[samples, ...sample]`. */
  readonly x: tf.Tensor[];
  readonly y: tf.Tensor[];
  readonly sizes: readonly number[];
}

/**
 * Reads a dataset once, and disposes of its batches, as training by tfjs-layers does.
 *
 * @throws InputError if it is endless, empty, or has elements that are no batches of one shape.
 */
export async function readDataset(
  { feedInputNames, feedOutputNames }: Pick<InnerModel, 'feedInputNames' | 'feedOutputNames'>,
  dataset: BatchDataset,
  { name, batches = Number.POSITIVE_INFINITY, option, bytes: most = 2 ** 31 }: Reading,
): Promise<DatasetTensors> {
  const isEndless = (received: string) =>
    datasetError(
      name,
      'end, as it is read once before training',
      received,
      `Set ${option}, or use model.fitDataset, which reads it again for each epoch`,
    );
  const isUnbounded = batches === Number.POSITIVE_INFINITY;
  if (isUnbounded && dataset.size === Number.POSITIVE_INFINITY) throw isEndless('it is endless');
  const read: tf.Tensor[][] = [];
  let bytes = 0;
  try {
    const iterator = await dataset.iterator();
    while (read.length < batches) {
      const { value, done } = await iterator.next();
      if (value !== null && value !== undefined) {
        const batch = ordered(value, name, feedInputNames, feedOutputNames);
        read.push(batch);
        requireBatch(batch, read[0] ?? batch, name);
        for (const { size, dtype } of batch) bytes += size * tf.util.bytesPerElement(dtype);
        const isKnown = !isUnbounded || typeof dataset.size === 'number';
        if (!isKnown && bytes > most) throw isEndless(`it has not ended after ${most} bytes`);
      }
      if (done) break;
    }
    const [first] = read;
    if (!first) {
      const remedy = 'See that its source has samples, and that it is not used up';
      throw datasetError(name, 'have at least one batch', 'it is empty', remedy);
    }
    const columns = first.map((_, i) => tf.concat(read.map(batch => at(batch, i))));
    const inputs = feedInputNames.length;
    const sizes = read.map(samplesOf);
    return { x: columns.slice(0, inputs), y: columns.slice(inputs), sizes };
  } finally {
    tf.dispose([...new Set(read.flat())]);
  }
}

const samplesOf = (batch: readonly tf.Tensor[]): number => batch[0]?.shape[0] ?? 0;

const DIVIDE = 'Divide it into batches of samples with dataset.batch(n)';

/** Returns the tensors of an element: those of the inputs, then of the outputs. */
function ordered(
  value: unknown,
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
): tf.Tensor[] {
  const { xs, ys } = value as { xs?: NamedTensors; ys?: NamedTensors };
  const of = (what: string, given: NamedTensors | undefined, names: readonly string[]) => {
    const isMissing = given === undefined || given === null;
    const wrong = (received: string, remedy: string) => {
      const expected = `give ${names.length === 1 ? 'a tensor' : `${names.length} tensors`} of a batch for ${what}`;
      return datasetError(name, expected, received, remedy);
    };
    if (isMissing) {
      const keys = typeof value === 'object' ? Object.keys(value as object).join(', ') : '';
      const received = keys ? `its element has ${keys}` : `its element is a ${typeof value}`;
      throw wrong(received, 'Map its elements to objects { xs, ys } with dataset.map');
    }
    const isPlain = !Array.isArray(given) && typeof given !== 'object';
    const numbers = [given].flat().some(each => typeof each === 'number');
    if (isPlain || numbers) throw wrong('they are numbers', DIVIDE);
    const tensors = inOrder(given, names);
    if (tensors.length === names.length) return tensors;
    throw wrong(`there are ${tensors.length}`, `The model takes ${names.join(', ')}`);
  };
  return [...of('xs', xs, inputs), ...of('ys', ys, outputs)];
}

/** Checks that a batch has as many samples in each tensor, shaped as those of the first batch. */
function requireBatch(batch: readonly tf.Tensor[], first: readonly tf.Tensor[], name: string) {
  const counts = batch.map(({ shape }) => shape[0]);
  if (counts.some(count => count !== counts[0] || !count)) {
    const shapes = batch.map(({ shape }) => `[${shape}]`).join(', ');
    const expected = 'give as many samples in each tensor of a batch, along its first axis';
    throw datasetError(name, expected, `they have the shapes ${shapes}`, DIVIDE);
  }
  for (const [i, tensor] of batch.entries()) {
    const [like, own] = [kindOf(at(first, i)), kindOf(tensor)];
    if (like === own) continue;
    const remedy = 'Give all samples one shape and type with dataset.map';
    throw datasetError(name, `have batches ${like}, as the first one`, `one is ${own}`, remedy);
  }
}

const kindOf = ({ dtype, shape }: tf.Tensor): string =>
  `${dtype} [${['n', ...shape.slice(1)].join(', ')}]`;
