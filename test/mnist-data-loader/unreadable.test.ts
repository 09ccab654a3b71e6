import assert from 'node:assert/strict';
import { FileNotFoundError } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-dataset';
import { survive } from '../survive';
import { withoutHandles, withoutRoot } from './learner';
import { assertSays, assertWhole, dataFolder, givenFolder, npmPackage, snapshot } from './places';
import { unreadable } from './strikes';
import { folderOf, removeFolders, smallSet } from './support';

const set = smallSet();

describe('a file that cannot be read', () => {
  afterEach(removeFolders);

  it('for want of rights', () =>
    survive(
      'data',
      { en: 'a file without the right to read it', zh: '没有读取权限的文件' },
      12,
      index => {
        const place = itemAt([givenFolder, dataFolder, npmPackage], index >> 2);
        return withoutRoot(() => place(itemAt(fileNames, index % 4), unreadable));
      },
    ));

  it('when too many files are open', function () {
    if (process.platform !== 'linux') this.skip(); // It takes prlimit to lower our own limit.
    return survive('data', { en: 'too many open files', zh: '打开的文件过多' }, 2, async index => {
      const folder = folderOf(set);
      const before = snapshot(folder);
      const options = [{ dir: folder }, { dataDir: folder, download: false, warn: assert.fail }][
        index
      ];
      const error = await withoutHandles(() =>
        loadDataset(set.dataset, options).then(
          () => assert.fail('loaded'),
          (error: unknown) => error,
        ),
      );
      assert.ok(error instanceof FileNotFoundError, `${error}`);
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
