import { deepEqual, equal } from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { type Fault, failed } from '../../../lib/kernel/errors/failed';
import type { Place } from '../../../lib/kernel/errors/mend';

const place = (line: number, source = '', column?: number): Place => ({
  ...{ cell: 3, line, source, column },
});
const fault = (
  message: string,
  frames: Fault['frames'] = [],
  more: Partial<Fault> = {},
): Fault => ({
  ...{ name: 'TypeError', message, frames, ...more },
});
const told = (...faults: Fault[]) =>
  failed(...faults).traceback.map(line => stripVTControlCharacters(line));

describe('failed', () => {
  it('gives the message in red, the place, its line dim, and the hint last', () => {
    const frames = [place(2, '  const b = ;', 12), 'at f (lib/f.ts:1:2)'];
    deepEqual(failed(fault('no', frames, { hint: 'do' }), fault('other')), {
      ...{ status: 'error', ename: 'TypeError', evalue: 'no' },
      traceback: [
        '\x1b[31mTypeError\x1b[39;22m: no',
        '    at cell [3], line 2',
        '      \x1b[2mconst b = ;\x1b[39;22m',
        '                ^',
        '    at f (lib/f.ts:1:2)',
        '    do',
        '\x1b[31mTypeError\x1b[39;22m: other',
      ],
    });
  });

  it('shows what is around the place of a line that is very long', () => {
    const source = `${'a'.repeat(5000)}here${'b'.repeat(5000)}`;
    const [, , shown = '', caret = ''] = told(fault('no', [place(1, source, 5000)]));
    equal(shown.trim().length, 160);
    equal(shown.slice(caret.length - 1, caret.length + 3), 'here');
  });

  it('shows a frame that repeats once, and ten at most', () => {
    equal(told(fault('no', new Array(50).fill(place(1, 'f();')))).length, 3);
    const frames = Array.from({ length: 50 }, (_, i) => `at f${i}`);
    equal(told(fault('no', frames)).length, 11);
  });

  it('puts what is told of one place above it, with the first hint, and gives none twice', () => {
    const at = place(1, 'f(1)', 2);
    deepEqual(
      told(
        fault('argument', [at]),
        fault('because', [{ ...at }], { hint: 'one' }),
        fault('since', [at], { hint: 'two' }),
        fault('other', [place(1, 'f(1)', 0)], { hint: 'one' }),
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
      ],
    );
  });

  it('tells of causes, before the hint', () => {
    const cause = fault('deep', ['at g'], { name: 'RangeError' });
    deepEqual(
      told(fault('no', ['at f'], { causes: [{ relation: 'cause', fault: cause }], hint: 'do' })),
      [...['TypeError: no', '    at f'], ...['  [cause] RangeError: deep', '    at g', '    do']],
    );
  });
});
