import { equal } from 'node:assert/strict';
import ts from 'typescript-api';
import { withoutExports } from '../../../lib/kernel/compiler/exports';
import { readData } from '../../texts';

/** Cells, and what is left of them; blanks that stand in for what is gone are written as one. */
const { exported } = readData<{ exported: Record<string, string> }>('kernel/cells.yml');

describe('withoutExports', () => {
  for (const [cell, left] of Object.entries(exported)) {
    it(cell, () => {
      const plain = withoutExports(ts, cell);
      equal(plain.replace(/ +/g, ' ').trim(), left);
    });
  }

  it('leaves each line and column where it was', () => {
    const cell =
      'export const a = 1,\n  b = 2;\nexport {\n  a,\n  b,\n};\nexport function f() { return b; }';
    const plain = withoutExports(ts, cell);
    equal(plain.indexOf('b = 2'), cell.indexOf('b = 2'));
    equal(plain.indexOf('function f'), cell.indexOf('function f'));
    equal(plain.split('\n').length, cell.split('\n').length);
  });
});
