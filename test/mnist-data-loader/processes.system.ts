import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { temporaryFolder } from '../folder';
import { survive } from '../survive';
import { assertGood, fillTogether, loadAtOnce } from './loaders';
import { closeMirrors, folderOf, mirror, rawOf, serving, smallSet } from './support';

const set = smallSet();

describe('two processes at once', function () {
  this.timeout(180_000);
  afterEach(closeMirrors);

  it('fill an empty cache', () =>
    survive('data', 'two loaders at once on an empty cache', 3, async () => {
      const dataDir = join(temporaryFolder(), 'data');
      await fillTogether(2, set, dataDir);
    }));

  it('mend a damaged cache', async () => {
    const dataDir = folderOf(set);
    for (const name of fileNames) writeFileSync(join(dataDir, name), 'damaged');
    const server = await mirror(serving(set.raw));
    const loads = await loadAtOnce(2, set, dataDir, server.url);
    await assertGood(set, dataDir, loads);
    const rest = readdirSync(dataDir).filter(name => !set.raw.has(name));
    assert.ok(rest.every(name => /\.corrupt-\w+$/.test(name)));
    for (const name of rest) assert.equal(readFileSync(join(dataDir, name), 'utf8'), 'damaged');
    assert.equal(rest.length, 4);
  });
});

describe('a file that another process mends while it is read', () => {
  const first = itemAt(set.dataset.files, 0);
  const good = rawOf(set, first.name);

  /** The set, with something that happens once the first file's bytes are read and before they are judged. */
  const interrupted = (happens: () => void) => ({
    ...set.dataset,
    files: [
      {
        ...first,
        get sha256() {
          happens();
          return first.sha256;
        },
      },
      ...set.dataset.files.slice(1),
    ],
  });
  const damaged = Buffer.from(good).fill(0, 30);

  it('is read again, not set aside', async () => {
    const dataDir = folderOf(set);
    const path = join(dataDir, first.name);
    writeFileSync(path, damaged);
    const mend = () => {
      writeFileSync(`${path}.new`, good);
      renameSync(`${path}.new`, path);
    };
    const options = { dataDir, download: false, warn: assert.fail };
    const [[images]] = await loadDataset(interrupted(mend), options);
    assert.deepEqual(Buffer.from(images.data as Uint8Array), good.subarray(16));
    assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
  });

  it('is left alone where it is another one at each look', async () => {
    const dataDir = folderOf(set);
    const path = join(dataDir, first.name);
    writeFileSync(path, damaged);
    const change = () => {
      writeFileSync(`${path}.new`, damaged);
      renameSync(`${path}.new`, path);
    };
    const warnings: string[] = [];
    const options = { dataDir, download: false, warn: (text: string) => warnings.push(text) };
    await assert.rejects(loadDataset(interrupted(change), options), {
      name: 'FileNotFoundError',
      message: /-ubyte: unusable; see the warning above\n/,
    });
    assert.match(
      warnings.join(),
      /It keeps changing while it is read, so it was left alone; looking/,
    );
    assert.deepEqual(readFileSync(path), damaged);
    assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
  });

  it('counts as missing when the other has just moved it', async () => {
    const dataDir = folderOf(set);
    const path = join(dataDir, first.name);
    writeFileSync(path, damaged);
    const move = () => rmSync(path, { force: true });
    await assert.rejects(
      loadDataset(interrupted(move), { dataDir, download: false, warn: assert.fail }),
      { name: 'FileNotFoundError' },
    );
  });
});
