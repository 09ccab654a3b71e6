import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { collector } from '../../../lib/kernel/compiler/force-gc';

describe('the collector of the compiler’s thread', () => {
  it('collects where the heap has grown by a fifth since the last time, by a twentieth where no cell waits', () => {
    const sizes = [100, 120, 121, 100, 104, 105, 100, 106, 90, 108, 109, 90, 94, 95, 90];
    const idle = [false, false, false, true, true, false, true, false, false, true, true];
    const collected: number[] = [];
    const collect = collector(
      () => sizes.shift() ?? Number.NaN,
      () => void collected.push(sizes.length),
    );
    for (const is of idle) collect(is ? 'idle' : 'busy');
    // After 121, 106, 109 and 95.
    assert.deepEqual(collected, [12, 7, 4, 1]);
  });

  it('frees what nothing uses, and keeps what is used', async () => {
    const kept = { bytes: new Uint8Array(8) };
    const references = [new WeakRef(kept), new WeakRef({ bytes: new Uint8Array(8) })];
    // What a WeakRef was made of lives to the end of the turn.
    await setImmediate();
    const sizes = [1, 2, 1];
    const collect = collector(() => sizes.shift() ?? Number.NaN);
    collect('busy');
    collect('busy');
    assert.deepEqual(
      references.map(reference => reference.deref()),
      [kept, undefined],
    );
  });

  it('leaves cells without a global `gc`', () => {
    collector();
    assert.equal(runInNewContext('typeof gc'), 'undefined');
  });
});
