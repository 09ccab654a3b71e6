import { equal, ok } from 'node:assert/strict';
import { dataOf } from '../../../lib/tools/bench/models/data';
import { models } from '../../../lib/tools/bench/models/models';

describe('the data of a model of the benchmark', () => {
  for (const model of models) {
    it(`has 4-byte numbers in its shapes, and targets that differ: ${model.name}`, () => {
      const { x, y } = dataOf(model, 16);
      for (const { data, shape } of [...x, y]) {
        equal(data.byteLength, 4 * shape.reduce((size, length) => size * length, 1));
        equal(shape[0], 16);
      }
      ok(new Set(y.data).size > 1);
    });
  }
});
