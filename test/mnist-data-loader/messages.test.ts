import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import * as loader from 'mnist-data-loader';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { put } from '../folder';
import { folderOf, smallSet } from './support';

const same = (text: string) => ({ en: text, zh: text });
const reasons = [{ url: 'http://m/f', reason: same('503') }];
const errors: [make: () => loader.DataError, said: RegExp][] = [
  [
    () => new loader.FileNotFoundError('f', [{ path: '/d/f', found: 'folder' }]),
    /^Expected the file f, .+:\n {2}\/d\/f: a folder, not a file\nRename the folder/,
  ],
  [
    () =>
      new loader.FileNotFoundError('f', [{ path: '/d/f', found: 'unfit', why: same('a pipe') }]),
    /\n {2}\/d\/f: not a data file: a pipe\nMove it away and put the file itself/,
  ],
  [() => new loader.ChecksumError('/d/f', 'aa', 'bb'), /^\/d\/f: .+ aa, but the content has bb\./],
  [() => new loader.NotIdxError('/d/f', same('a page')), /^\/d\/f: .+ found a page\. Replace it/],
  [() => new loader.TruncatedError('/d/f', 10, 9), /expected 10 bytes, but there are only 9\. /],
  [() => new loader.TruncatedError('/d/f', undefined, 9), /whole gzip file.+ after 9 bytes\. /],
  [() => new loader.WrongShapeError('/d/f', same('2'), same('3')), /expected 2, but found 3\. /],
  [
    () => new loader.DownloadError('f', reasons, '/d'),
    /:\n {2}http:\/\/m\/f: 503\nCheck .+ \/d\.$/,
  ],
  [() => new loader.UnknownSetError('x', ['mnist']), /\(mnist\), but received "x"\. Correct the/],
  [() => new loader.OptionError('x', same('1'), same('2'), same('y')), / 1, but received 2\. y$/],
];

describe('messages', () => {
  afterEach(() => loader.setLanguage('en'));

  it('say what was expected, what came and what to do', () => {
    for (const [make, said] of errors) {
      loader.setLanguage('en');
      const error = make();
      assert.equal(error.name, error.constructor.name);
      assert.match(error.message, said);
      assert.equal(error.messageIn('en'), error.message);
      loader.setLanguage('zh');
      const inChinese = make();
      assert.equal(inChinese.message, error.messageIn('zh'));
      assert.ok(inChinese.stack?.startsWith(`${error.name}: ${inChinese.message}`));
      assert.ok(!inspect(inChinese).includes('cure'), 'the texts are not printed twice');
    }
  });

  it('warnings and progress are in the language too', async () => {
    loader.setLanguage('zh');
    const set = smallSet();
    const dataDir = folderOf(set);
    put(dataDir, [['t10k-labels-idx1-ubyte', 'x']]);
    let drawn = '';
    let warned = '';
    const progress = { write: (text: string) => (drawn += text) };
    const warn = (message: string) => {
      warned += message;
    };
    await assert.rejects(loadDataset(set.dataset, { dataDir, mirrors: [], progress, warn }), {
      message: /没有给出镜像地址/,
    });
    assert.equal(drawn, `正在下载 Small（ours）到 ${dataDir}\n`);
    assert.match(warned, /实际是以十六进制 78 开头的内容。已改名为 .+，正在寻找完好的文件。$/);
  });
});
