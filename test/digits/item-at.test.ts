import { equal, throws } from 'node:assert/strict';
import { itemAt } from '../../lib/digits/item-at';

describe('itemAt', () => {
  it('returns the item, whatever its value', () => {
    equal(itemAt(Float32Array.of(0, Number.NaN), 1), Number.NaN);
    equal(itemAt([null], 0), null);
  });

  it('says what it was asked for where there is none', () => {
    for (const place of [2, -1, 0.5, Number.NaN]) {
      throws(() => itemAt([3, 5], place), {
        name: 'RangeError',
        message: `Expected a place from 0 to 1 but received ${place}`,
      });
    }
  });
});
