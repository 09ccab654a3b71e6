import { deepEqual, equal } from 'node:assert/strict';
import { indexOf, withCursors } from '../../lib/kernel/jupyter';

describe('a place in a text', () => {
  it('is counted by characters, also beyond an emoji', () => {
    const code = '"😀汉"; Math.ma';
    equal(indexOf(code, 4), 5);
    equal(indexOf(code, [...code].length), code.length);
    const completion = { status: 'ok', cursor_start: code.length - 2, cursor_end: code.length };
    deepEqual(withCursors(code, completion), {
      status: 'ok',
      cursor_start: code.length - 3,
      cursor_end: code.length - 1,
    });
  });

  it('beyond the end is the end', () => equal(indexOf('ab', 9), 2));
});
