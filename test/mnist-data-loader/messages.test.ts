import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  ChecksumError,
  type DataError,
  DownloadError,
  FileNotFoundError,
  NotIdxError,
  OptionError,
  setLanguage,
  TruncatedError,
  UnknownSetError,
  WrongShapeError,
} from 'mnist-data-loader';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { folderOf, put, removeFolders, smallSet } from './support';

const same = (text: string) => ({ en: text, zh: text });
const cases: Record<string, { make(): DataError; en: RegExp; zh: RegExp }> = {
  FileNotFoundError: {
    make: () => new FileNotFoundError('f', [{ path: '/d/f', found: 'folder' }]),
    en: /^Expected the file f, .+ found none that can be read:\n {2}\/d\/f: a folder, not a file\nRename the folder/,
    zh: /^需要文件 f.+找不到可以读取的：\n {2}\/d\/f: 是文件夹，不是文件\n请给文件夹改名/,
  },
  'FileNotFoundError of a pipe': {
    make: () =>
      new FileNotFoundError('f', [
        { path: '/d/f', found: 'unfit', why: { en: 'a named pipe', zh: '命名管道' } },
      ]),
    en: /\n {2}\/d\/f: not a data file: a named pipe\nMove it away and put the file itself/,
    zh: /\n {2}\/d\/f: 不是数据文件：命名管道\n请把它移走，再把文件本身/,
  },
  ChecksumError: {
    make: () => new ChecksumError('/d/f', 'aa', 'bb'),
    en: /^\/d\/f: expected sha256 aa, but the content has bb\. The file is damaged .+ replace it/,
    zh: /^\/d\/f：sha256 应为 aa，实际为 bb。文件已损坏.+请换成完好的文件/,
  },
  NotIdxError: {
    make: () => new NotIdxError('/d/f', { en: 'a web page', zh: '网页' }),
    en: /^\/d\/f: expected an IDX file .+, but found a web page\. Replace it/,
    zh: /^\/d\/f：应为 IDX 文件.+，实际是网页。请换成原始文件/,
  },
  TruncatedError: {
    make: () => new TruncatedError('/d/f', 10, 9),
    en: /^\/d\/f: expected 10 bytes, but there are only 9\. .+ get the file again\.$/,
    zh: /^\/d\/f：应有 10 字节，实际只有 9 字节。.+请重新获取这个文件。$/,
  },
  'TruncatedError of a gzip': {
    make: () => new TruncatedError('/d/f', undefined, 9),
    en: /^\/d\/f: expected a whole gzip file, but it ends early, after 9 bytes\. /,
    zh: /^\/d\/f：应为完整的 gzip 文件，但在 9 字节处提前结束。/,
  },
  WrongShapeError: {
    make: () => new WrongShapeError('/d/f', same('uint8 [2]'), same('uint8 [3]')),
    en: /^\/d\/f: expected uint8 \[2\], but found uint8 \[3\]\. The file is damaged, .+ check that the four files/,
    zh: /^\/d\/f：应为 uint8 \[2\]，实际是 uint8 \[3\]。文件已损坏.+请检查四个文件/,
  },
  DownloadError: {
    make: () => new DownloadError('f', [{ url: 'http://m/f', reason: same('503') }], '/d'),
    en: /^Expected to download f, .+:\n {2}http:\/\/m\/f: 503\nCheck the network .+ into \/d\.$/,
    zh: /^需要下载 f.+：\n {2}http:\/\/m\/f: 503\n请检查网络.+放进 \/d。$/,
  },
  UnknownSetError: {
    make: () => new UnknownSetError('x', ['mnist']),
    en: /^Expected the name of a known set \(mnist\), but received "x"\. Correct the name/,
    zh: /^应为已知的数据集名称（mnist），收到的是 "x"。请改正名称/,
  },
  OptionError: {
    make: () =>
      new OptionError('x', { en: 'x to be 1', zh: '选项 x 应为 1' }, same('2'), same('y')),
    en: /^loadData expected x to be 1, but received 2\. y$/,
    zh: /^选项 x 应为 1，收到：2。y$/,
  },
};

describe('messages', () => {
  afterEach(() => {
    setLanguage('en');
    removeFolders();
  });

  for (const [name, { make, en, zh }] of Object.entries(cases)) {
    it(`${name} says what was expected, what came and what to do, in both languages`, () => {
      const error = make();
      assert.equal(error.name, name.split(' ')[0]);
      assert.match(error.message, en);
      assert.equal(error.messageIn('en'), error.message);
      assert.match(error.messageIn('zh'), zh);

      setLanguage('zh');
      const inChinese = make();
      assert.equal(inChinese.message, error.messageIn('zh'));
      assert.ok(inChinese.stack?.startsWith(`${error.name}: ${inChinese.message}`));
      assert.ok(!inspect(inChinese).includes('cure'), 'the texts are not printed twice');
    });
  }

  it('warnings and progress are in the language too', async () => {
    setLanguage('zh');
    const set = smallSet();
    const dataDir = folderOf(set);
    put(dataDir, [['t10k-labels-idx1-ubyte', Buffer.from('x')]]);
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
