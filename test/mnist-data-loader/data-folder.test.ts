import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../../lib/mnist-data-loader/find';
import { temporaryFolder } from '../folder';

describe('the data folder', () => {
  const { MNIST_DATA_DIR } = process.env;
  const workingFolder = process.cwd();
  let root: string;

  beforeEach(() => {
    delete process.env.MNIST_DATA_DIR;
    root = temporaryFolder();
    make('package/notebooks/deep');
    process.chdir(join(root, 'package/notebooks/deep'));
  });
  afterEach(() => {
    process.chdir(workingFolder);
    if (MNIST_DATA_DIR !== undefined) process.env.MNIST_DATA_DIR = MNIST_DATA_DIR;
    else delete process.env.MNIST_DATA_DIR;
  });

  const make = (path: string) => mkdirSync(join(root, path), { recursive: true });
  const is = (path: string) => assert.equal(dataFolder(), join(root, 'package', path));

  it('is the one given, before the environment, before the nearest up to the root of the package', () => {
    writeFileSync(join(root, 'package/package.json'), '{}');
    make('data');
    is('notebooks/deep/data');
    make('package/data');
    // A file is not a folder.
    writeFileSync(join(root, 'package/notebooks/data'), '');
    is('data');
    rmSync(join(root, 'package/notebooks/data'));
    make('package/notebooks/data');
    is('notebooks/data');
    process.env.MNIST_DATA_DIR = '../from-env';
    is('notebooks/from-env');
    assert.equal(dataFolder('given'), join(root, 'package/notebooks/deep/given'));
  });

  it('is the working directory’s own outside any package', () => {
    make('package/data');
    is('notebooks/deep/data');
    make('package/notebooks/deep/data');
    is('notebooks/deep/data');
  });
});
