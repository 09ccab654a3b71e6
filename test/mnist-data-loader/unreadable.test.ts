import assert from 'node:assert/strict';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { en } from '../../lib/mnist-data-loader/messages/en';
import { survive } from '../survive';
import { withoutHandles, withoutRoot } from './learner';
import { assertSays, assertWhole, everywhere, failureOf, snapshot } from './places';
import { endless, huge, pipe, socket, unreadable } from './strikes';
import { closeMirrors, folderOf, smallSet } from './support';

const set = smallSet();

describe('a file that cannot be read', () => {
  afterEach(closeMirrors);
  const kinds = 'a pipe, a socket, an endless device or more than 2 GiB in place of a file';
  for (const [fault, strikes] of Object.entries({
    'a file without read permission': [unreadable],
    [kinds]: [endless, huge, pipe, socket],
  })) {
    it(fault, function () {
      if (process.platform === 'win32') this.skip(); // It has no such modes and files.
      return survive('data', fault, 12, index => {
        const strikeAt = itemAt(everywhere, index >> 2);
        const strike = itemAt(strikes, index % strikes.length);
        return withoutRoot(() => strikeAt(itemAt(fileNames, index % 4), strike));
      });
    });
  }

  it('when too many files are open', function () {
    if (process.platform !== 'linux') this.skip(); // It takes prlimit to lower our own limit.
    return survive('data', 'too many open files', 2, async index => {
      const folder = folderOf(set);
      const filesBefore = snapshot(folder);
      const dataDir = { dataDir: folder, download: false, warn: assert.fail };
      const options = itemAt([{ dir: folder }, dataDir], index);
      const { message } = await withoutHandles(() => failureOf(options));
      const reason = en.withCode(en.system.EMFILE, 'EMFILE');
      assertSays(message, `${en.found.passing}: ${reason}`, en.node.notFound.passing);
      assert.deepEqual(snapshot(folder), filesBefore);
      await assertWhole(await loadDataset(set.dataset, options));
    });
  });
});
