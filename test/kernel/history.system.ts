/** The history of the cells, which `jupyter console` has by its arrow keys. */
import { deepEqual, equal } from 'node:assert/strict';
import type { Client, Content } from './wire/client';
import { Kernel } from './wire/kernel';

describe('the kernel tells what ran', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  const history = async (wanted: Content) =>
    (await client.ask('history_request', wanted).reply).history as [number, number, unknown][];
  const code = async (wanted: Content) => (await history(wanted)).map(entry => entry[2]);
  let first: number;

  before(async () => {
    ({ kernel, client } = await Kernel.start());
    for (const cell of ['"a1"', 'const b2 = 2;', '"a1"']) {
      const { reply } = await client.result(cell);
      first ??= Number(reply.execution_count);
    }
  });

  after(() => kernel.stop());

  it('lately', async () => {
    deepEqual(await history({ hist_access_type: 'tail', n: 2 }), [
      [1, first + 1, 'const b2 = 2;'],
      [1, first + 2, '"a1"'],
    ]);
    equal((await code({ hist_access_type: 'tail', n: 10_000 })).length, first + 2);
    deepEqual(await code({ hist_access_type: 'tail', n: 0 }), []);
  });

  it('from one number to another', async () => {
    const range = { hist_access_type: 'range', session: 0, start: first, stop: first + 2 };
    deepEqual(await code(range), ['"a1"', 'const b2 = 2;']);
    deepEqual(await code({ ...range, session: 1 }), ['"a1"', 'const b2 = 2;']);
    deepEqual(await code({ ...range, session: 7 }), []);
  });

  it('by a pattern', async () => {
    const search = { hist_access_type: 'search', pattern: '"a?"' };
    deepEqual(await code(search), ['"a1"', '"a1"']);
    deepEqual(await code({ ...search, n: 1 }), ['"a1"']);
    deepEqual(await code({ ...search, unique: true }), ['"a1"']);
    deepEqual(await code({ ...search, pattern: '*b2*' }), ['const b2 = 2;']);
    deepEqual(await code({ ...search, pattern: '[b]2' }), []);
  });

  it('with its values', async () => {
    deepEqual(await code({ hist_access_type: 'tail', n: 2, output: true }), [
      ['const b2 = 2;', null],
      ['"a1"', "'a1'"],
    ]);
  });
});
