import assert from 'node:assert/strict';
import mnist from 'mnist-data-loader';
import { grouped } from '../../lib/digits/format';
import { getLanguage, type Language, setLanguage } from '../../lib/digits/language';
import { pageScript } from '../../lib/digits/pad/page-script';

describe('language', () => {
  it('is that of the data loader, too, and of numbers', async () => {
    setLanguage('zh');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /[\u4e00-\u9fff]/);
    assert.deepEqual([6742, 101_770].map(grouped), ['6742', '101\u202f770']);
    setLanguage('en');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /^[^\u4e00-\u9fff]*$/);
    assert.deepEqual([999, 6742].map(grouped), ['999', '6,742']);
  });

  it('leaves its tables out of the script of the pad, which is saved with each pad', () => {
    const kB = (pageScript()?.length ?? 0) / 1000;
    assert.ok(kB > 5 && kB < 28, `${kB} kB`);
  });

  it('refuses any other language, and keeps the one in use', () => {
    assert.throws(
      () => setLanguage('fr' as Language),
      /^RangeError: Expected the language 'zh' or 'en' but received fr$/,
    );
    assert.equal(getLanguage(), 'en');
  });
});
