import assert from 'node:assert/strict';
import { getLanguage, type Language, setLanguage, text } from '../lib/language';

describe('language', () => {
  afterEach(() => setLanguage('en'));

  it('picks the text of the language that was set', () => {
    const word = { zh: '数字', en: 'digit' };
    assert.equal(text(word), 'digit');
    setLanguage('zh');
    assert.equal(text(word), '数字');
    assert.equal(getLanguage(), 'zh');
  });

  it('refuses any other language, and keeps the one in use', () => {
    assert.throws(
      () => setLanguage('fr' as Language),
      /^RangeError: Expected the language 'zh' or 'en' but received fr$/,
    );
    assert.equal(getLanguage(), 'en');
  });
});
