import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { TrainingError } from '../errors';
import { trainOn } from './fit';
import { checkDatasetOptions, type DatasetOptions, type FitOptions } from './options';
import { type BatchDataset, datasetError, isDataset, readDataset } from './read-dataset';
import { innerModel, requireCompiled } from './trainer';

const NAME = 'the dataset';

/**
 * Trains a compiled model on a dataset that fits into memory, as `model.fitDataset` does: it reads the
 * dataset once, and goes on as {@link fit}, in batches of the dataset's own size. What the dataset draws
 * anew each time that it is read, such as distorted pictures, is drawn once.
 *
 * @param dataset of batches `{ xs, ys }`, each a tensor, an array of them or an object by the names of the
 * inputs and outputs, `[samples, ...sample]`. All batches have the same size; the last may be smaller. It
 * disposes of them.
 * @param options the samples are drawn in a new order each epoch, unless `shuffle` is false.
 * @returns loss and metrics by epoch, those of the validation under `val_`.
 * @throws InputError if the dataset is endless, empty or has batches of different shapes or sizes.
 * @throws NotFiniteError and TrainingError as {@link fit}.
 * @example
 * const samples = tf.data.zip({
 *   xs: tf.data.array([[0, 1], [2, 3], [4, 5]]),
 *   ys: tf.data.array([[1], [5], [9]]),
 * });
 * const regression = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * regression.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 * const { epoch } = await fitDataset(regression, samples.batch(2), { epochs: 2 });
 * epoch; // [0, 1]
 */
export async function fitDataset(
  model: tf.LayersModel,
  dataset: BatchDataset,
  options: DatasetOptions = {},
): Promise<tf.History> {
  checkDatasetOptions(options);
  if (!isDataset(dataset)) {
    throw datasetError(
      NAME,
      'be a dataset of batches { xs, ys }, such as one of tf.data',
      `it is a ${(dataset as unknown) instanceof tf.Tensor ? 'tensor' : typeof dataset}`,
      'Give tensors to fit(model, x, y)',
    );
  }
  const inner = innerModel(model);
  requireCompiled(inner);
  if (inner.isTraining) throw new TrainingError({ code: 'busy' });
  const {
    batchesPerEpoch,
    validationBatches,
    validationBatchSize: _,
    validationData,
    ...rest
  } = options;
  const perEpoch = batchesPerEpoch ?? undefined;
  const most = validationBatches ?? undefined;
  const epochs = Math.max(1, (options.epochs ?? 1) - (options.initialEpoch ?? 0));
  const made: tf.Tensor[] = [];
  const read = async (from: BatchDataset, name: string, option: string, batches?: number) => {
    const tensors = await readDataset(inner, from, { name, option, batches });
    made.push(...tensors.x, ...tensors.y);
    return tensors;
  };
  try {
    const wanted = perEpoch && perEpoch * epochs;
    const { x, y, sizes } = await read(dataset, NAME, 'batchesPerEpoch', wanted);
    const { batchSize, samples } = divided(sizes, perEpoch ?? sizes.length, perEpoch ? epochs : 1);
    const validation = async (): Promise<FitOptions['validationData']> => {
      if (!isDataset(validationData)) return validationData;
      if (validationData === dataset && !perEpoch && !most) return [x, y];
      const other = await read(validationData, 'validationData', 'validationBatches', most);
      return [other.x, other.y];
    };
    const own = { ...rest, batchSize, validationData: await validation() };
    return await trainOn(model, x, y, own, perEpoch && samples);
  } finally {
    tf.dispose(made);
  }
}

/**
 * Divides batches into epochs.
 *
 * @param sizes samples of each batch.
 * @returns the samples of a batch, and of an epoch.
 */
function divided(
  sizes: readonly number[],
  perEpoch: number,
  epochs: number,
): { readonly batchSize: number; readonly samples: number } {
  if (sizes.length !== perEpoch * epochs) {
    throw datasetError(
      NAME,
      `have ${perEpoch * epochs} batches, batchesPerEpoch for each of ${epochs} epochs`,
      `it has ${sizes.length}`,
      'Repeat it with dataset.repeat(), or leave batchesPerEpoch out, so that each epoch takes it whole',
    );
  }
  const [batchSize, last] = [at(sizes, 0), at(sizes, perEpoch - 1)];
  const isOdd = sizes.some((size, i) => size !== ((i + 1) % perEpoch === 0 ? last : batchSize));
  if (isOdd || last > batchSize) {
    throw datasetError(
      NAME,
      'have batches of one size, of which only the last of an epoch may be smaller',
      `they have ${[...new Set(sizes)].join(', ')} samples`,
      'Divide it into batches with dataset.batch(n), after dataset.repeat()',
    );
  }
  return { batchSize, samples: batchSize * (perEpoch - 1) + last };
}
