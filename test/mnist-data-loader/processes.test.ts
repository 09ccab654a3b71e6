import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileNames, type SetFile } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-dataset';
import { folderOf, removeFolders, smallSet, temporaryFolder } from './fixture';
import { closeMirrors, mirror, serving } from './mirror-server';

const run = promisify(execFile);
const set = smallSet();

describe('two processes at once', () => {
  afterEach(async () => {
    await closeMirrors();
    removeFolders();
  });

  /** A mirror that answers each first request only when a second process asks for the same file. */
  async function meetingPoint() {
    const serve = serving(set.raw);
    const waiting = new Map<string, () => void>();
    return mirror((request, response) => {
      const path = request.url ?? '';
      const other = waiting.get(path);
      if (!other) {
        waiting.set(path, () => serve(request, response));
        return;
      }
      other();
      serve(request, response);
    });
  }

  async function loadTwice(dataDir: string, url: string) {
    const task = JSON.stringify([set.dataset, { dataDir, mirrors: [url], progress: false }]);
    const script = join(__dirname, 'load-in-process.ts');
    const one = () => run(process.execPath, ['--import', 'tsx', script, task]);
    const results = await Promise.all([one(), one()]);
    return results.map(
      ({ stdout }) => JSON.parse(stdout) as { arrays: string; warnings: string[] },
    );
  }

  async function assertGood(dataDir: string, loads: { arrays: string }[]) {
    const expected = `${await loadDataset(set.dataset, { dir: folderOf(set) })}`;
    for (const { arrays } of loads) assert.equal(arrays, expected);
    for (const [name, content] of set.raw) {
      assert.deepEqual(readFileSync(join(dataDir, name)), content);
    }
  }

  it('fill an empty cache', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const server = await meetingPoint();
    const loads = await loadTwice(dataDir, server.url);
    await assertGood(dataDir, loads);
    assert.equal(server.asked.length, 8, 'both were downloading at the same time');
    assert.deepEqual(
      loads.map(({ warnings }) => warnings),
      [[], []],
    );
    assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
  });

  it('mend a damaged cache', async () => {
    const dataDir = folderOf(set);
    for (const name of fileNames) writeFileSync(join(dataDir, name), 'damaged');
    const server = await mirror(serving(set.raw));
    const loads = await loadTwice(dataDir, server.url);
    await assertGood(dataDir, loads);
    const rest = readdirSync(dataDir).filter(name => !set.raw.has(name));
    assert.ok(rest.every(name => /\.corrupt-\w+$/.test(name)));
    for (const name of rest) assert.equal(readFileSync(join(dataDir, name), 'utf8'), 'damaged');
    assert.equal(rest.length, 4);
  });
});

describe('a file that another process mends while it is read', () => {
  afterEach(removeFolders);

  const [first, ...others] = set.dataset.files as [SetFile, ...SetFile[]];
  const good = set.raw.get(first.name) as Buffer;

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
      ...others,
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
