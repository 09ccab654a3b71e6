import { equal } from 'node:assert/strict';
import { table } from '../../../lib/tools/project/text-table';

describe('table', () => {
  it('puts the first column to the left and numbers to the right', () => {
    equal(
      table(
        ['who', 'ms'],
        [
          ['a', '7'],
          ['long name', '1234'],
        ],
      ),
      ['who          ms', '─────────  ────', 'a             7', 'long name  1234'].join('\n'),
    );
  });

  it('counts a Chinese character as two', () => {
    const [head, , row] = table(['每轮', '中位'], [['a', '7']]).split('\n');
    equal(head, '每轮  中位');
    equal(row, 'a        7');
  });
});
