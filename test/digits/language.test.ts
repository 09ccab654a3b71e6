import assert from 'node:assert/strict';
import mnist from 'mnist-data-loader';
import { getLanguage, type Language, setLanguage, text } from '../../lib/digits/language';
import { pageScript } from '../../lib/digits/pad/page-script';

describe('language', () => {
  it('picks the text of the language that was set', () => {
    const word = { zh: '数字', en: 'digit' };
    assert.equal(text(word), 'digit');
    setLanguage('zh');
    assert.equal(text(word), '数字');
    assert.equal(getLanguage(), 'zh');
  });

  it('sets the language of the data loader too', async () => {
    setLanguage('zh');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /[\u4e00-\u9fff]/);
    setLanguage('en');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /^[^\u4e00-\u9fff]*$/);
  });

  it('refuses any other language, and keeps the one in use', () => {
    assert.throws(
      () => setLanguage('fr' as Language),
      /^RangeError: Expected the language 'zh' or 'en' but received fr$/,
    );
    assert.equal(getLanguage(), 'en');
  });

  it('leaves its tables out of the pad’s script, which stands in every saved notebook', () => {
    assert.ok((pageScript()?.length ?? 0) < 20_000);
  });
});
