import assert from 'node:assert/strict';
import mnist from 'mnist-data-loader';
import { getLanguage, type Language, setLanguage } from '../../lib/digits/language';
import { pageScript } from '../../lib/digits/pad/page-script';

describe('language', () => {
  it('sets the language of the data loader too', async () => {
    setLanguage('zh');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /[\u4e00-\u9fff]/);
    setLanguage('en');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /^[^\u4e00-\u9fff]*$/);
  });

  it('leaves its tables out of the script of the pad, which is saved with each pad', () => {
    const kB = (pageScript()?.length ?? 0) / 1000;
    assert.ok(kB > 5 && kB < 15, `${kB} kB`);
  });

  it('refuses any other language, and keeps the one in use', () => {
    assert.throws(
      () => setLanguage('fr' as Language),
      /^RangeError: Expected the language 'zh' or 'en' but received fr$/,
    );
    assert.equal(getLanguage(), 'en');
  });
});
