import assert from 'node:assert/strict';
import { integer, shuffled } from '../../../lib/digits/exercises/judging/random-inputs';

const many = <T>(draw: () => T): T[] => Array.from({ length: 500 }, draw);
const ordered = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe('drawn inputs', () => {
  it('are whole numbers, both ends among them', () => {
    const drawn = new Set(many(() => integer(-1, 2)));
    assert.deepEqual(ordered([...drawn]), [-1, 0, 1, 2]);
  });

  it('are items in another order', () => {
    assert.equal(new Set(many(() => shuffled([1, 2, 3]).join(''))).size, 6);
  });
});
