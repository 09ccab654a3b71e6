import { loadData } from './load-data';
import type { LoadOptions } from './load-dataset';

export { ChecksumError } from './errors/checksum-error';
export { DataError } from './errors/data-error';
export { type Attempt, DownloadError } from './errors/download-error';
export { FileNotFoundError, type Searched } from './errors/file-not-found-error';
export { NotIdxError } from './errors/not-idx-error';
export { TruncatedError } from './errors/truncated-error';
export { UnknownSetError } from './errors/unknown-set-error';
export { WrongShapeError } from './errors/wrong-shape-error';
export { readIdx } from './idx';
export { type Language, setLanguage, type Text } from './language';
export type { ImageSet, Images, KnownName, Labels } from './load-data';
export type { LoadOptions, Split } from './load-dataset';
export { type AnyArray, type Dtype, NdArray, type Shape, type TypedArrays } from './nd-array';
export type { ProgressOutput } from './progress';
export { loadData };

/** The handwritten digits; `loadData` also takes another set's name. */
export const mnist = { loadData };

/** Articles of clothing, in the same format: ten classes, 28 × 28 grey pixels. */
export const fashionMnist = {
  loadData: (options?: LoadOptions) => loadData({ ...options, name: 'fashion-mnist' }),
};

export default mnist;
