import { type ImageSet, loadData } from './load-data';
import { checkOptions, type LoadOptions } from './options';

export {
  type Attempt,
  ChecksumError,
  DataError,
  DownloadError,
  FileNotFoundError,
  NotIdxError,
  OptionError,
  type Searched,
  TruncatedError,
  WrongShapeError,
} from './errors';
export { type Language, setLanguage, type Text } from './language';
export type { ImageSet, Images, KnownName, Labels } from './load-data';
export { NdArray, type Shape } from './nd-array';
export type { LoadOptions } from './options';
export { packPictures } from './packed';
export type { ProgressOutput } from './progress';
export { loadData };

/** The MNIST handwritten digits. `loadData` also accepts the name of Fashion-MNIST. */
export const mnist = { loadData };

/** Fashion-MNIST: images of clothing in MNIST's format, with ten classes and 28 × 28 grey pixels. */
export const fashionMnist = {
  async loadData(options: LoadOptions = {}): Promise<ImageSet> {
    checkOptions(options, true);
    return loadData({ ...options, name: 'fashion-mnist' });
  },
};

export default mnist;
