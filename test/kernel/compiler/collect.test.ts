import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { collector } from '../../../lib/kernel/compiler/collect';

describe('the collector of the compiler’s thread', () => {
  it('collects where the heap has grown by three tenths since the last time', () => {
    const sizes = [100, 130, 131, 110, 143, 144, 90, 117, 118, 95];
    const collected: number[] = [];
    const collect = collector(
      () => sizes.shift() ?? Number.NaN,
      () => void collected.push(sizes.length),
    );
    while (sizes.length > 0) collect();
    // After 131, 144 and 118.
    assert.deepEqual(collected, [7, 4, 1]);
  });

  it('frees what nothing uses, and keeps what is used', async () => {
    const kept = { bytes: new Uint8Array(8) };
    const references = [new WeakRef(kept), new WeakRef({ bytes: new Uint8Array(8) })];
    // What a WeakRef was made of lives to the end of the turn.
    await setImmediate();
    const sizes = [1, 2, 1];
    const collect = collector(() => sizes.shift() ?? Number.NaN);
    collect();
    collect();
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
