import type { Dataset, SetFile } from './datasets';
import { WrongShapeError } from './errors';
import { findFiles } from './find';
import type { AnyArray } from './nd-array';
import type { LoadOptions } from './options';

export type Split = [images: AnyArray, labels: AnyArray];

/** Finds, checks and reads the four files of a set; see `loadData`. */
export async function loadDataset(
  dataset: Dataset,
  options: LoadOptions = {},
): Promise<[train: Split, test: Split]> {
  const files = await findFiles(dataset, options);
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

/** Train images, train labels, test images, test labels. */
function four<T>(items: readonly T[]): [T, T, T, T] {
  const [first, second, third, fourth, ...others] = items;
  if (!first || !second || !third || !fourth || others.length > 0) {
    throw new RangeError(`Expected four files, but received ${items.length}`);
  }
  return [first, second, third, fourth];
}

function checkCounts(labelFile: SetFile, images: AnyArray, labels: AnyArray): void {
  const [expected, actual] = [images.shape[0], labels.shape[0]];
  if (expected === actual) return;
  throw new WrongShapeError(
    labelFile.name,
    { en: `${expected} labels, one per image`, zh: `${expected} 个标签，每幅图像一个` },
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
