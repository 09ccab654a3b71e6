import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { seed } from '../seed';
import { survive } from '../survive';
import { disk, hasDisks } from './disk';
import { assertSays, inEachLanguage, snapshot } from './places';
import { mirror, random, serving, smallSet } from './support';

describe('a disk', function () {
  this.timeout(180_000);
  it(`that is full, seed ${seed}`, function () {
    if (!hasDisks()) this.skip(); // The kernel refuses us a namespace to mount one in.
    const large = smallSet(1, [2000, 500]);
    const serveLarge = serving(large.raw);
    // The set takes 25 pages of 4 kB.
    const pages = random(20, fc.integer({ min: 1, max: 24 }));
    return survive('data', 'a full disk during a download', 20, index =>
      inEachLanguage(async language => {
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
          const why = { en: 'the disk is full (ENOSPC). ', zh: '磁盘已满（ENOSPC）。' };
          assert.equal(warnings.length, lost.length);
          for (const [i, name] of lost.entries()) {
            assert.ok(warnings[i]?.startsWith(name));
            assertSays(warnings[i] ?? '', why[language]);
          }

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
