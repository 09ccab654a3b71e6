import { deepEqual, equal } from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { failed } from '../../../../lib/kernel/cell/errors/failed';
import { type Frame, sources } from '../../../../lib/kernel/cell/errors/mend';

const fault = (message: string, frames: Frame[], hint?: string) => ({
  ...{ name: 'TypeError', message, frames, hint },
});

describe('failed', () => {
  it('puts what is told of one place above it, with the first hint, and gives none twice', () => {
    sources.set(3, '  f(1)');
    const position = { cell: 3, line: 1, column: 4 };
    const first = fault('argument', [position]);
    const causes = [fault('because', [{ ...position }], 'one'), fault('since', [position], 'two')];
    deepEqual(failed(first, ...causes, fault('other', ['at f'], 'one')), {
      ...{ status: 'error', ename: 'TypeError', evalue: 'argument' },
      traceback: [
        '\x1b[31mTypeError\x1b[39;22m: argument',
        '\x1b[31mTypeError\x1b[39;22m: because',
        '\x1b[31mTypeError\x1b[39;22m: since',
        '    at cell [3], line 1',
        '      \x1b[2mf(1)\x1b[39;22m',
        '        ^',
        '    one',
        '\x1b[31mTypeError\x1b[39;22m: other',
        '    at f',
      ],
    });
  });

  it('shows ten frames at most, and of a line that is very long what is around the place', () => {
    sources.set(1, `${'a'.repeat(5000)}here${'b'.repeat(5000)}`);
    const frames = Array.from({ length: 50 }, (_, i) => `at f${i}`);
    const position = { cell: 1, line: 1, column: 5000 };
    const { traceback } = failed(fault('no', [position, position, ...frames]));
    const [, , shown = '', caret = ''] = traceback.map(stripVTControlCharacters);
    equal(traceback.length, 4 + 9);
    equal(shown.trim().length, 160);
    equal(shown.slice(caret.length - 1, caret.length + 3), 'here');
  });
});
