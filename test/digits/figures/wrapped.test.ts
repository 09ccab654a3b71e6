import assert from 'node:assert/strict';
import { wrapped } from '../../../lib/digits/figures/wrapped';

describe('wrapped', () => {
  it('leaves what fits in one line', () => {
    assert.deepEqual(wrapped('Two digits', 20), ['Two digits']);
    assert.deepEqual(wrapped('取出前4个数据', 20), ['取出前4个数据']);
    assert.deepEqual(wrapped('', 20), ['']);
  });

  it('breaks between words, into lines of about one length', () => {
    assert.deepEqual(wrapped('one two three four five six', 22), [
      'one two three',
      'four five six',
    ]);
  });

  it('breaks between Chinese characters, but not before punctuation', () => {
    assert.deepEqual(wrapped('随机取出四个数据，然后识别', 20), ['随机取出四个数', '据，然后识别']);
    assert.deepEqual(wrapped('一二三四，五六七八', 8), ['一二三', '四，五', '六七八']);
  });

  it('leaves a word whole that is longer than the line', () => {
    assert.deepEqual(wrapped('a incomprehensible b', 8), ['a', 'incomprehensible', 'b']);
  });
});
