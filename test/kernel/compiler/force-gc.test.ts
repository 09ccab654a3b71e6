import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { forceGc } from '../../../lib/kernel/compiler/force-gc';

describe('forceGc', () => {
  it('frees what nothing uses once the heap has grown, and keeps what is used', async () => {
    const kept = { bytes: new Uint8Array(8) };
    const references = [new WeakRef(kept), new WeakRef({ bytes: new Uint8Array(8) })];
    const found = () => references.map(reference => reference.deref() !== undefined);
    // What a WeakRef was made of lives to the end of the turn.
    await setImmediate();
    forceGc(1000);
    assert.deepEqual(found(), [true, true]);
    await setImmediate();
    forceGc(0);
    assert.deepEqual(found(), [true, false]);
    assert.ok(kept);
  });

  it('leaves cells without a global `gc`', () => {
    forceGc(0);
    assert.equal(runInNewContext('typeof gc'), 'undefined');
  });
});
