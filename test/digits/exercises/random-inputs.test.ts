import assert from 'node:assert/strict';
import { distinct, integer } from '../../../lib/digits/exercises/judging/random-inputs';

const many = <T>(draw: () => T): T[] => Array.from({ length: 500 }, draw);
const ordered = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe('drawn inputs', () => {
  it('are whole numbers, both ends among them', () => {
    const drawn = new Set(many(() => integer(-1, 2)));
    assert.deepEqual(ordered([...drawn]), [-1, 0, 1, 2]);
  });

  it('are numbers of which no two are alike, as far as there are enough', () => {
    for (const drawn of many(() => distinct(4, 1, 5))) assert.equal(new Set(drawn).size, 4);
    assert.deepEqual(ordered(distinct(5, 1, 5)), [1, 2, 3, 4, 5]);
    const { random } = Math;
    Math.random = () => 0.5;
    assert.equal(new Set(distinct(5, 1, 5)).size, 5);
    Math.random = random;
    assert.throws(() => distinct(6, 1, 5), /^RangeError: There are not 6 from 1 to 5$/);
  });
});
