import assert from 'node:assert/strict';
import { onInterrupt, requestInterrupt } from '../../../lib/digits/notebook/interrupt';

describe('interrupt', () => {
  it('reaches the work that registered last, once', () => {
    const calls: string[] = [];
    const releaseOuter = onInterrupt(() => calls.push('outer'));
    const releaseInner = onInterrupt(() => calls.push('inner'));
    assert.equal(requestInterrupt(), true);
    assert.deepEqual(calls, ['inner']);
    assert.equal(requestInterrupt(), true);
    assert.equal(requestInterrupt(), false);
    assert.deepEqual(calls, ['inner', 'outer']);
    releaseInner();
    releaseOuter();
  });

  it('reaches nobody after the work is done', () => {
    const release = onInterrupt(() => assert.fail('released'));
    release();
    release();
    assert.equal(requestInterrupt(), false);
  });
});
