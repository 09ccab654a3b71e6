import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, FileNotFoundError } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import type { LoadOptions } from '../../lib/mnist-data-loader/options';
import { readAligned } from '../../lib/mnist-data-loader/read-aligned';
import { survive } from '../survive';
import { withoutHandles, withoutRoot } from './learner';
import { assertSays, assertWhole, dataFolder, givenFolder, npmPackage, snapshot } from './places';
import { endless, huge, original, pipe, socket, unreadable } from './strikes';
import { folderOf, removeFolders, smallSet, temporaryFolder } from './support';

const set = smallSet();

describe('a file that cannot be read', () => {
  afterEach(removeFolders);

  const failure = async (options: LoadOptions | undefined) => {
    const error = await loadDataset(set.dataset, options).then(
      () => assert.fail('loaded'),
      (error: unknown) => error,
    );
    assert.ok(error instanceof FileNotFoundError, `${error}`);
    return error;
  };

  it('for want of rights', function () {
    if (process.platform === 'win32') this.skip(); // It asks no file's mode.
    return survive('data', 'a file without read permission', 12, index => {
      const place = itemAt([givenFolder, dataFolder, npmPackage], index >> 2);
      return withoutRoot(() => place(itemAt(fileNames, index % 4), unreadable));
    });
  });

  it('for it is no plain file', function () {
    if (process.platform === 'win32') this.skip(); // It has no such files.
    const struck = [endless, huge, pipe, socket];
    return survive(
      'data',
      'a pipe, a socket, an endless device or more than 2 GiB in place of a file',
      12,
      index => {
        const place = itemAt([givenFolder, dataFolder, npmPackage], index >> 2);
        return place(itemAt(fileNames, index % 4), itemAt(struck, index % 4));
      },
    );
  });

  it('for it is a folder, also one without a size, as all are on Windows', async function () {
    if (process.platform !== 'linux') this.skip(); // It takes a folder of /proc.
    for (const path of ['/proc/self/task', temporaryFolder()]) {
      await assert.rejects(readAligned(path), { code: 'EISDIR' });
    }
  });

  it('behind a link that leads nowhere', async function () {
    if (process.platform === 'win32') this.skip(); // Links are the administrator's there.
    const dir = folderOf(set);
    const link = join(dir, fileNames[1]);
    rmSync(link);
    symlinkSync('gone', link);
    const why = {
      en: `${link}: nothing there: the link leads nowhere\n`,
      zh: `${link}: 不存在：链接指向的文件不存在\n`,
    };
    for (const options of [{ dir }, { dataDir: dir, download: false }]) {
      const error = await failure(options);
      for (const language of ['en', 'zh'] as const)
        assertSays(error.messageIn(language), why[language]);
    }
  });

  it('until a link leads to a plain one', async function () {
    if (process.platform === 'win32') this.skip(); // Links are the administrator's there.
    const dir = folderOf(set);
    const path = join(dir, fileNames[0]);
    renameSync(path, join(dir, 'elsewhere'));
    symlinkSync('elsewhere', path);
    await assertWhole(await loadDataset(set.dataset, { dir }));
  });

  it('as far as it goes, where it grows meanwhile', async () => {
    const dir = folderOf(set);
    const path = join(dir, fileNames[0]);
    writeFileSync(path, original(fileNames[0]).subarray(0, 100));
    const growing = setInterval(() => appendFileSync(path, new Uint8Array(100_000)), 0);
    try {
      await assert.rejects(loadDataset(set.dataset, { dir }), DataError);
    } finally {
      clearInterval(growing);
    }
  });

  it('when too many files are open', function () {
    if (process.platform !== 'linux') this.skip(); // It takes prlimit to lower our own limit.
    return survive('data', 'too many open files', 2, async index => {
      const folder = folderOf(set);
      const before = snapshot(folder);
      const options = [{ dir: folder }, { dataDir: folder, download: false, warn: assert.fail }][
        index
      ];
      const error = await withoutHandles(() => failure(options));
      const why = {
        en: /: cannot be read now: too many files are open \(EMFILE\)\nNothing is wrong with the file: restart the kernel/,
        zh: /: 暂时无法读取：打开的文件太多（EMFILE）\n文件本身没有问题：请重启内核/,
      };
      for (const language of ['en', 'zh'] as const)
        assertSays(error.messageIn(language), why[language]);
      assert.deepEqual(snapshot(folder), before);
      await assertWhole(await loadDataset(set.dataset, options));
    });
  });
});
