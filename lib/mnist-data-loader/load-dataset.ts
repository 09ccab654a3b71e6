import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './data-folder';
import type { Dataset, SetFile } from './datasets';
import type { Decoded } from './decode';
import { download } from './download';
import { FileNotFoundError, WrongShapeError } from './errors';
import { candidates } from './files';
import { say } from './language';
import type { AnyArray } from './nd-array';
import { defaultOutput, type ProgressOutput } from './progress';
import { fromDataFolder, fromGivenFolder, fromPackage } from './sources';

/** How to find the files. All may be left out. */
export interface LoadOptions {
  /** Read the four files, raw or `.gz`, from this folder only. It is never changed. */
  dir?: string;
  /**
   * The folder where files are looked for and downloads kept. Default: the environment variable
   * `MNIST_DATA_DIR`, else the nearest `data` folder from the working directory up to the root of the
   * enclosing package, else `./data`. Further sets have a folder of their name below it.
   */
  dataDir?: string;
  /** Whether missing files may be downloaded. Default: true. */
  download?: boolean;
  /** Addresses of folders that hold the four `.gz` files, tried in turn. Default: two public mirrors. */
  mirrors?: readonly string[];
  /**
   * Milliseconds after which a mirror is given up that sends nothing, or less than 1 kB a second.
   * Default: 20 000.
   */
  stallTimeout?: number;
  /** Where download progress is drawn; false for nowhere. Default: the terminal or the notebook. */
  progress?: boolean | ProgressOutput;
  /** Receives warnings, for example of a damaged file. Default: `console.warn`. */
  warn?: (message: string) => void;
}

export type Split = [images: AnyArray, labels: AnyArray];

/** Finds, checks and reads the four files of a set; see `loadData`. */
export async function loadDataset(
  dataset: Dataset,
  options: LoadOptions = {},
): Promise<[train: Split, test: Split]> {
  const { dir } = options;
  const files =
    dir !== undefined
      ? await inOrder(dataset.files.map(file => fromGivenFolder(dir, file)))
      : await fromAnywhere(dataset, options);
  const [, trainLabels, testImages, testLabels] = four(dataset.files);
  const [trainX, trainY, testX, testY] = four(files.map(({ array }) => array));
  checkCounts(trainLabels, trainX, trainY);
  checkCounts(testLabels, testX, testY);
  checkItems(testImages, trainX, testX);
  return [
    [trainX, trainY],
    [testX, testY],
  ];
}

async function fromAnywhere(dataset: Dataset, options: LoadOptions): Promise<Decoded[]> {
  const folder = join(dataFolder(options.dataDir), dataset.folder);
  const warn = options.warn ?? console.warn;
  const found = await inOrder(
    dataset.files.map(
      async file =>
        (await fromDataFolder(folder, file, warn)) ?? (await fromPackage(dataset, file, warn)),
    ),
  );
  const missing = dataset.files.find((_, i) => !found[i]);
  if (missing && options.download === false) throw notFound(dataset, missing, folder);

  const mirrors = options.mirrors ?? dataset.mirrors;
  const { progress = true, stallTimeout = 20_000 } = options;
  const output = progress === true ? defaultOutput() : progress || undefined;
  const { title, licence } = dataset;
  const announcement = {
    en: `Downloading ${title} (${licence}) into ${folder}\n`,
    zh: `正在下载 ${title}（${licence}）到 ${folder}\n`,
  };
  if (missing) output?.write(say(announcement));
  const files: Decoded[] = [];
  // One after the other: the lines of progress stay apart, and the first file is nearly all of it.
  for (const [i, file] of dataset.files.entries()) {
    files.push(found[i] ?? (await download(file, { folder, mirrors, stallTimeout, output, warn })));
  }
  return files;
}

/** Waits as `Promise.all` does, but throws of several failures the first in order, so that runs agree. */
async function inOrder<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

function notFound(dataset: Dataset, file: SetFile, folder: string): FileNotFoundError {
  const searched = candidates(folder, file);
  if (dataset.npmPackage) searched.push(`npm: ${dataset.npmPackage}`);
  return new FileNotFoundError(
    file.name,
    searched.map(path => ({ path, found: existsSync(path) ? 'unusable' : 'nothing' })),
  );
}

/** Train images, train labels, test images, test labels. */
function four<T>(items: readonly T[]): [T, T, T, T] {
  const [first, second, third, fourth, ...others] = items;
  if (!first || !second || !third || !fourth || others.length > 0) {
    throw new RangeError(`Expected four files, but got ${items.length}`);
  }
  return [first, second, third, fourth];
}

function checkCounts(labelFile: SetFile, images: AnyArray, labels: AnyArray): void {
  const [expected, actual] = [images.shape[0], labels.shape[0]];
  if (expected === actual) return;
  throw new WrongShapeError(
    labelFile.name,
    { en: `${expected} labels, one an image`, zh: `${expected} 个标签，每幅图像一个` },
    { en: `${actual}`, zh: `${actual} 个` },
  );
}

function checkItems(testFile: SetFile, train: AnyArray, test: AnyArray): void {
  const form = ({ dtype, shape }: AnyArray) => `${dtype} [${shape.slice(1).join(', ')}]`;
  if (form(train) === form(test)) return;
  throw new WrongShapeError(
    testFile.name,
    {
      en: `images as in the training set, ${form(train)}`,
      zh: `与训练集相同的图像 ${form(train)}`,
    },
    { en: form(test), zh: form(test) },
  );
}
