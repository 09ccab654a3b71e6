import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import * as loader from 'mnist-data-loader';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { put } from '../folder';
import { folderOf, smallSet } from './support';

describe('messages', () => {
  afterEach(() => loader.setLanguage('en'));

  it('are in both languages, once each', () => {
    const error = new loader.ChecksumError('/d/f', 'aa', 'bb');
    assert.equal(error.messageIn('en'), error.message);
    loader.setLanguage('zh');
    const inChinese = new loader.ChecksumError('/d/f', 'aa', 'bb');
    assert.equal(inChinese.message, error.messageIn('zh'));
    assert.ok(inChinese.stack?.startsWith(`${error.name}: ${inChinese.message}`));
    assert.ok(!inspect(inChinese).includes('cure'), 'the texts are not printed twice');
  });

  it('warnings and progress are in the language too', async () => {
    loader.setLanguage('zh');
    const set = smallSet();
    const dataDir = folderOf(set);
    put(dataDir, [['t10k-labels-idx1-ubyte', 'x']]);
    let output = '';
    let warned = '';
    const progress = { write: (text: string) => (output += text) };
    const warn = (message: string) => {
      warned += message;
    };
    await assert.rejects(loadDataset(set.dataset, { dataDir, mirrors: [], progress, warn }), {
      message: /没有给出镜像地址/,
    });
    assert.equal(output, `正在下载 Small（ours）到 ${dataDir}\n`);
    assert.match(warned, /实际是以十六进制 78 开头的内容。已改名为 .+，正在寻找完好的文件。$/);
  });
});
