/** A data folder that cannot be changed, or that is full: what is good is used, the rest is explained. */
import assert from 'node:assert/strict';
import { chmodSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { saveFile } from '../../lib/mnist-data-loader/files';
import { messages } from '../../lib/mnist-data-loader/language';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { seed } from '../seed';
import { survive } from '../survive';
import { disk, hasDisks } from './disk';
import { withoutRoot } from './learner';
import { assertSays, assertWhole, failureOf, inEachLanguage, snapshot } from './places';
import { original } from './strikes';
import {
  closeMirrors,
  folderOf,
  mirror,
  put,
  random,
  rawOf,
  removeFolders,
  serving,
  smallSet,
  temporaryFolder,
} from './support';

const set = smallSet();
const serve = serving(set.raw);

/** Files that may lie in a folder that cannot be changed, and which is missing or damaged. */
const contents: [files: (readonly [string, Uint8Array])[], amiss?: string][] = [
  [[...set.raw]],
  [[...set.raw].map(([name, raw]) => [`${name}.gz`, gzipSync(raw)] as const)],
  ...fileNames.flatMap((name): typeof contents => [
    [[...set.raw].filter(([other]) => other !== name), name],
    [[...set.raw, [name, original(name).subarray(1)]], name],
  ]),
];

const reason = (code: 'EACCES' | 'EROFS' | 'ENOSPC' | 'ENOENT') =>
  messages().withCode(messages().system[code], code);

async function loadUnchanged(dataDir: string, amiss: string | undefined, why: string) {
  const before = snapshot(dataDir);
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(message);
  const server = await mirror(serve);
  const options = { dataDir, mirrors: [server.url], progress: false, warn };
  await assertWhole(await loadDataset(set.dataset, options));

  const isDamaged = amiss !== undefined && amiss in before;
  assert.equal(warnings.length, Number(isDamaged) + Number(amiss !== undefined));
  if (isDamaged) {
    const warning = warnings.shift() ?? '';
    assert.ok(warning.startsWith(join(dataDir, amiss)), warning);
    assertSays(warning, table => table.warning.notRenamed(why));
  }
  if (amiss) {
    assertSays(warnings[0] ?? '', ({ warning }) => warning.notSaved(amiss, dataDir, why));
    const error = await failureOf({ ...options, download: false });
    assert.equal(error.name, 'FileNotFoundError');
    assertSays(error.message, ({ place, found }) =>
      place(join(dataDir, amiss), isDamaged ? found.unusable : found.nothing),
    );
  }
  assert.deepEqual(snapshot(dataDir), before);
}

describe('a folder that cannot be changed', function () {
  this.timeout(180_000);
  afterEach(async () => {
    await closeMirrors();
    removeFolders();
  });

  it('for want of rights', function () {
    if (process.platform === 'win32') this.skip(); // It asks no folder's mode.
    return survive('data', 'a data folder without write permission', contents.length, index =>
      inEachLanguage(() =>
        withoutRoot(async () => {
          const [files, amiss] = itemAt(contents, index);
          const folder = temporaryFolder();
          put(folder, files);
          chmodSync(folder, 0o555);
          await loadUnchanged(folder, amiss, reason('EACCES'));
          chmodSync(folder, 0o755);
        }),
      ),
    );
  });

  it('holds no warning if another process has put the same file there', async function () {
    if (process.platform === 'win32') this.skip(); // It asks no folder's mode.
    const dataDir = folderOf(set);
    chmodSync(dirname(dataDir), 0o755);
    chmodSync(dataDir, 0o555);
    const file = itemAt(set.dataset.files, 0);
    const kept = async (raw: Uint8Array) => {
      const warnings: string[] = [];
      const warn = (text: string) => void warnings.push(text);
      await withoutRoot(() => saveFile(dataDir, file, raw, warn));
      return warnings;
    };
    const raw = rawOf(set, file.name);
    assert.deepEqual(await kept(raw), []);
    assert.match(String(await kept(Buffer.from(raw).fill(0, 30))), /could not be saved/);
    chmodSync(dataDir, 0o755);
  });

  it('on a read-only disk', function () {
    if (!hasDisks()) this.skip(); // The kernel refuses us a namespace to mount one in.
    return survive('data', 'a read-only disk', contents.length, index =>
      inEachLanguage(async () => {
        const [files, amiss] = itemAt(contents, index);
        const { path, makeReadOnly, remove } = await disk(64);
        try {
          put(path, files);
          await makeReadOnly();
          await loadUnchanged(path, amiss, reason('EROFS'));
        } finally {
          await remove();
        }
      }),
    );
  });

  it('is not made where none can be', function () {
    if (!hasDisks()) this.skip();
    return inEachLanguage(async () => {
      const { path, makeReadOnly, remove } = await disk(64);
      try {
        await makeReadOnly();
        const server = await mirror(serve);
        const warnings: string[] = [];
        const warn = (message: string) => warnings.push(message);
        const options = { dataDir: join(path, 'data'), mirrors: [server.url], progress: false };
        await assertWhole(await loadDataset(set.dataset, { ...options, warn }));
        assert.equal(warnings.length, 4);
        assertSays(warnings[0] ?? '', () => reason('ENOENT'));
      } finally {
        await remove();
      }
    });
  });

  it(`since its disk is full, seed ${seed}`, function () {
    if (!hasDisks()) this.skip();
    const large = smallSet(1, [2000, 500]);
    const serveLarge = serving(large.raw);
    // The set takes 25 pages of 4 kB.
    const pages = random(20, fc.integer({ min: 1, max: 24 }));
    return survive('data', 'a full disk during a download', 20, index =>
      inEachLanguage(async () => {
        const { path, resize, remove } = await disk(4 * itemAt(pages, index));
        try {
          const server = await mirror(serveLarge);
          const warnings: string[] = [];
          const warn = (message: string) => warnings.push(message);
          const options = { dataDir: path, mirrors: [server.url], progress: false, warn };
          const [[images]] = await loadDataset(large.dataset, options);
          assert.deepEqual(images.shape, [2000, 6, 6]);
          const kept = readdirSync(path);
          const lost = fileNames.filter(name => !kept.includes(name));
          assert.ok(lost.length > 0);
          assert.equal(kept.length + lost.length, 4, `nothing but whole files: ${kept}`);
          assert.deepEqual(
            warnings,
            lost.map(name => messages().warning.notSaved(name, path, reason('ENOSPC'))),
          );

          await resize(200);
          await loadDataset(large.dataset, { ...options, warn: assert.fail });
          assert.equal(server.asked.length, 4 + lost.length);
          for (const [name, content] of large.raw) {
            assert.equal(snapshot(path)[name], content.toString('base64'));
          }
        } finally {
          await remove();
        }
      }),
    );
  });
});
