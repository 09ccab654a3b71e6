import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { type Fault, failed, type Place } from '../../../lib/kernel/errors/failed';

const place = (line: number, source = '', column?: number): Place => ({
  cell: 3,
  line,
  source,
  column,
});
const fault = (message: string, frames: Fault['frames'], more: Partial<Fault> = {}): Fault => ({
  name: 'TypeError',
  message,
  frames,
  ...more,
});
const lines = (...faults: Fault[]) =>
  failed(...faults).traceback.map(line => stripVTControlCharacters(line));

describe('failed', () => {
  it('gives the message in red, the place, its line dim, and the hint last', () => {
    const { traceback, ...rest } = failed(
      fault('no', [place(2, '  const b = ;', 12), 'at f (lib/f.ts:1:2)'], { hint: 'do' }),
    );
    assert.deepEqual(rest, { status: 'error', ename: 'TypeError', evalue: 'no' });
    assert.deepEqual(traceback, [
      '\x1b[31mTypeError\x1b[39;22m: no',
      '    at cell [3], line 2',
      '      \x1b[2mconst b = ;\x1b[39;22m',
      '                ^',
      '    at f (lib/f.ts:1:2)',
      '    do',
    ]);
  });

  it('shows no line that is blank, and no caret where no column is known', () => {
    assert.deepEqual(lines(fault('no', [place(2, '  ')])), [
      'TypeError: no',
      '    at cell [3], line 2',
    ]);
    assert.deepEqual(lines(fault('no', [])), ['TypeError: no']);
  });

  it('shows what is around the place of a line that is very long', () => {
    const source = `${'a'.repeat(5000)}here${'b'.repeat(5000)}`;
    const [, , shown = '', caret = ''] = lines(fault('no', [place(1, source, 5000)]));
    assert.equal(shown.trim().length, 160);
    assert.equal(shown.slice(caret.length - 1, caret.length + 3), 'here');
  });

  it('shows a frame that repeats once, and ten at most', () => {
    const recursion = Array.from({ length: 50 }, () => place(1, 'f();'));
    assert.equal(lines(fault('no', recursion)).length, 3);
    const frames = Array.from({ length: 50 }, (_, i) => `at f${i}`);
    assert.equal(lines(fault('no', frames)).length, 11);
  });

  it('takes name and message of the first of several', () => {
    const { ename, evalue } = failed(
      fault('first', [place(1)]),
      fault('second', [place(2)], { name: 'X' }),
    );
    assert.deepEqual([ename, evalue], ['TypeError', 'first']);
  });

  it('puts what is told of one place above it, with the first hint', () => {
    const at = place(1, 'f(1)', 2);
    assert.deepEqual(
      lines(
        fault('argument', [at]),
        fault('because', [{ ...at }], { hint: 'one' }),
        fault('since', [at], { hint: 'two' }),
        fault('other', [place(1, 'f(1)', 0)], { hint: 'three' }),
      ),
      [
        'TypeError: argument',
        'TypeError: because',
        'TypeError: since',
        '    at cell [3], line 1',
        '      f(1)',
        '        ^',
        '    one',
        'TypeError: other',
        '    at cell [3], line 1',
        '      f(1)',
        '      ^',
        '    three',
      ],
    );
  });

  it('gives no hint twice', () => {
    const hints = lines(
      fault('a', [place(1)], { hint: 'same' }),
      fault('b', [place(2)], { hint: 'same' }),
    ).filter(line => line === '    same');
    assert.equal(hints.length, 1);
  });

  it('keeps apart what has no place', () => {
    assert.deepEqual(lines(fault('a', []), fault('b', [])), ['TypeError: a', 'TypeError: b']);
    assert.equal(lines(fault('a', ['at f']), fault('b', ['at f'])).length, 4);
  });

  it('tells of causes, before the hint', () => {
    const cause = fault('deep', [place(9, 'g()')], { name: 'RangeError' });
    assert.deepEqual(lines(fault('no', [place(1, 'f()')], { cause, hint: 'do' })), [
      'TypeError: no',
      '    at cell [3], line 1',
      '      f()',
      '  [cause] RangeError: deep',
      '    at cell [3], line 9',
      '      g()',
      '    do',
    ]);
  });
});
