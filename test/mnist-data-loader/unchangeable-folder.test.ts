import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FileNotFoundError } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { saveFile } from '../../lib/mnist-data-loader/files';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { survive } from '../survive';
import { disk, hasDisks } from './disk';
import { withoutRoot } from './learner';
import { assertSays, assertWhole, inEachLanguage, snapshot } from './places';
import { original } from './strikes';
import {
  closeMirrors,
  folderOf,
  mirror,
  put,
  rawOf,
  removeFolders,
  serving,
  smallSet,
  temporaryFolder,
} from './support';

const set = smallSet();
const serve = serving(set.raw);
const packed = [...set.raw].map(([name, raw]) => [`${name}.gz`, gzipSync(raw)] as const);

/** Files that may lie in a folder that cannot be changed, and which is missing or damaged. */
const contents: [files: (readonly [string, Uint8Array])[], amiss?: string][] = [
  [[...set.raw]],
  [packed],
  ...fileNames.map((name): (typeof contents)[number] => [
    [...set.raw].filter(([other]) => other !== name),
    name,
  ]),
  ...fileNames.map((name): (typeof contents)[number] => [
    [...set.raw, [name, original(name).subarray(1)]],
    name,
  ]),
];

/** Loads from a folder that cannot be changed: what is good is used, the rest is explained. */
async function loadUnchanged(
  dataDir: string,
  amiss: string | undefined,
  why: string,
  language: 'en' | 'zh',
) {
  const before = snapshot(dataDir);
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(message);
  const server = await mirror(serve);
  const options = { dataDir, mirrors: [server.url], progress: false, warn };
  await assertWhole(await loadDataset(set.dataset, options));

  const damaged = amiss !== undefined && amiss in before;
  if (damaged) {
    const warning = warnings.shift() ?? '';
    assert.ok(warning.startsWith(join(dataDir, amiss)), warning);
    assertSays(
      warning,
      { en: `It could not be renamed: ${why}. `, zh: `无法改名：${why}。` }[language],
    );
  }
  const kept = {
    en: `${amiss} was downloaded and is used, but could not be saved in ${dataDir}: ${why}. `,
    zh: `${amiss} 已下载并可以使用，但无法保存到 ${dataDir}：${why}。`,
  };
  assert.equal(warnings.length, amiss ? 1 : 0);
  if (amiss) assertSays(warnings[0] ?? '', kept[language]);

  if (amiss) {
    await assert.rejects(
      loadDataset(set.dataset, { ...options, download: false }),
      (error: FileNotFoundError) => {
        assert.ok(error instanceof FileNotFoundError, `${error}`);
        const found = damaged
          ? { en: 'unusable; see the warning above', zh: '不能使用，见前面的警告' }
          : { en: 'nothing there', zh: '不存在' };
        assertSays(error.message, `\n  ${join(dataDir, amiss)}: ${found[language]}\n`);
        return true;
      },
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
      inEachLanguage(language =>
        withoutRoot(async () => {
          const [files, amiss] = itemAt(contents, index);
          const folder = temporaryFolder();
          put(folder, files);
          chmodSync(folder, 0o555);
          const why = { en: 'no permission (EACCES)', zh: '没有权限（EACCES）' };
          await loadUnchanged(folder, amiss, why[language], language);
          chmodSync(folder, 0o755);
        }),
      ),
    );
  });

  it('holds no warning where another process has put the same file there', async function () {
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
      inEachLanguage(async language => {
        const [files, amiss] = itemAt(contents, index);
        const { path, makeReadOnly, remove } = await disk(64);
        try {
          put(path, files);
          await makeReadOnly();
          const why = { en: 'the disk is read-only (EROFS)', zh: '磁盘是只读的（EROFS）' };
          await loadUnchanged(path, amiss, why[language], language);
        } finally {
          await remove();
        }
      }),
    );
  });

  it('is not made where none can be', function () {
    if (!hasDisks()) this.skip();
    return inEachLanguage(async language => {
      const { path, makeReadOnly, remove } = await disk(64);
      try {
        await makeReadOnly();
        const server = await mirror(serve);
        const warnings: string[] = [];
        const warn = (message: string) => warnings.push(message);
        const options = { dataDir: join(path, 'data'), mirrors: [server.url], progress: false };
        await assertWhole(await loadDataset(set.dataset, { ...options, warn }));
        assert.equal(warnings.length, 4);
        const why = { en: 'the folder cannot be created (ENOENT)', zh: '无法建立文件夹（ENOENT）' };
        assertSays(warnings[0] ?? '', why[language]);
      } finally {
        await remove();
      }
    });
  });
});
