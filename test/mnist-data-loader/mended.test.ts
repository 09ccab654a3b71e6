import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { folderOf, rawOf, smallSet, warned } from './support';

const set = smallSet();

describe('a file that another process mends while it is read', () => {
  const first = itemAt(set.dataset.files, 0);
  const good = rawOf(set, first.name);
  const damaged = Buffer.from(good).fill(0, 30);
  let dataDir: string;
  let path: string;
  beforeEach(() => {
    dataDir = folderOf(set);
    path = join(dataDir, first.name);
    writeFileSync(path, damaged);
  });

  /** Loads; something happens once the first file's bytes are read and before they are judged. */
  function loadWhile(happens: () => void, warn: (text: string) => void = assert.fail) {
    const interrupted = {
      ...first,
      get sha256() {
        happens();
        return first.sha256;
      },
    };
    const dataset = { ...set.dataset, files: [interrupted, ...set.dataset.files.slice(1)] };
    return loadDataset(dataset, { dataDir, download: false, warn });
  }
  const replace = (content: Buffer) => () => {
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
  };
  const isAlone = () => assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());

  it('is read again, not set aside', async () => {
    const [[images]] = await loadWhile(replace(good));
    assert.deepEqual(Buffer.from(images.data as Uint8Array), good.subarray(16));
    isAlone();
  });

  it('is left alone if it is another one at each look', async () => {
    const { warnings, warn } = warned();
    await assert.rejects(loadWhile(replace(damaged), warn), {
      name: 'FileNotFoundError',
      message: /-ubyte: unusable; see the warning above\n/,
    });
    const said = /It keeps changing while it is read, so it was left alone; looking/;
    assert.match(warnings.join(), said);
    assert.deepEqual(readFileSync(path), damaged);
    isAlone();
  });
});
