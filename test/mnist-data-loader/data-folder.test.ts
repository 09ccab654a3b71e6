import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../../lib/mnist-data-loader/data-folder';
import { temporaryFolder } from '../folder';

describe('the data folder', () => {
  const { MNIST_DATA_DIR } = process.env;
  const here = process.cwd();
  let root: string;

  beforeEach(() => {
    delete process.env.MNIST_DATA_DIR;
    root = temporaryFolder();
    mkdirSync(join(root, 'package/notebooks/deep'), { recursive: true });
    process.chdir(join(root, 'package/notebooks/deep'));
  });
  afterEach(() => {
    process.chdir(here);
    if (MNIST_DATA_DIR !== undefined) process.env.MNIST_DATA_DIR = MNIST_DATA_DIR;
    else delete process.env.MNIST_DATA_DIR;
  });

  const make = (path: string) => mkdirSync(join(root, path), { recursive: true });
  const rootOfPackage = () => writeFileSync(join(root, 'package/package.json'), '{}');

  it('is the one given, before the environment, before all else', () => {
    make('package/data');
    rootOfPackage();
    process.env.MNIST_DATA_DIR = '../from-env';
    assert.equal(dataFolder(), join(root, 'package/notebooks/from-env'));
    assert.equal(dataFolder('given'), join(root, 'package/notebooks/deep/given'));
  });

  it('is the nearest named data up to the root of the package', () => {
    rootOfPackage();
    make('package/data');
    // A file is none.
    writeFileSync(join(root, 'package/notebooks/data'), '');
    assert.equal(dataFolder(), join(root, 'package/data'));
    rmSync(join(root, 'package/notebooks/data'));
    make('package/notebooks/data');
    assert.equal(dataFolder(), join(root, 'package/notebooks/data'));
  });

  it('is not one beyond the package', () => {
    rootOfPackage();
    make('data');
    assert.equal(dataFolder(), join(root, 'package/notebooks/deep/data'));
  });

  it('is the working directory’s own outside any package', () => {
    make('package/data');
    assert.equal(dataFolder(), join(root, 'package/notebooks/deep/data'));
    make('package/notebooks/deep/data');
    assert.equal(dataFolder(), join(root, 'package/notebooks/deep/data'));
  });
});
