import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import mnist from 'mnist-data-loader';
import { grouped } from '../../lib/digits/format';
import { getLanguage, type Language, setLanguage } from '../../lib/digits/language';
import { pageScripts } from '../../lib/digits/notebook/page-script';

describe('language', () => {
  it('is that of the data loader, too, and of numbers', async () => {
    setLanguage('zh');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /[\u4e00-\u9fff]/);
    assert.deepEqual([6742, 101_770].map(grouped), ['6742', '101770']);
    setLanguage('en');
    await assert.rejects(mnist.loadData({ dir: '/nowhere' }), /^[^\u4e00-\u9fff]*$/);
    assert.deepEqual([999, 6742].map(grouped), ['999', '6,742']);
  });

  it('leaves its tables out of the scripts of the page, which are saved with each pad, unit or guess', () => {
    const { pad = '', unit = '', guess = '' } = pageScripts();
    for (const [{ length }, most] of [
      [pad, 32],
      [unit, 9],
      [guess, 5],
    ] as const) {
      assert.ok(length > 1000 && length < 1000 * most, `${length} bytes`);
    }
  });

  it('begins with the one that npm start sets for its kernels', () => {
    const code = "console.log(require('digits').getLanguage())";
    const env = { ...process.env, DIGITS_LANGUAGE: 'zh' };
    assert.match(execFileSync(process.execPath, ['-e', code], { env, encoding: 'utf8' }), /^zh$/m);
  });

  it('refuses any other language, and keeps the one in use', () => {
    assert.throws(
      () => setLanguage('fr' as Language),
      /^RangeError: Expected the language 'zh' or 'en' but received fr$/,
    );
    assert.equal(getLanguage(), 'en');
  });
});
