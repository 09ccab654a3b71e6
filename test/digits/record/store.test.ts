import { equal, rejects } from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setLanguage } from '../../../lib/digits/language';

describe('the browser’s store of the record', () => {
  const { BroadcastChannel, indexedDB } = globalThis as { indexedDB?: unknown } & typeof globalThis;
  afterEach(() => {
    mock.timers.reset();
    Object.assign(globalThis, { BroadcastChannel, indexedDB });
  });

  it('reports a database that never answers after ten seconds, and later at once', async () => {
    let opened = 0;
    Object.assign(globalThis, {
      BroadcastChannel: class {},
      indexedDB: { open: () => ({ number: ++opened }) },
    });
    const store = await import('../../../lib/digits/record/store.browser');
    setLanguage('en');
    mock.timers.enable({ apis: ['setTimeout'] });
    let isSettled = false;
    const reading = store.read('log').finally(() => {
      isSettled = true;
    });
    const waiting = store.append('1');
    const expected = {
      name: 'TimeoutError',
      message: 'its storage did not answer within 10 seconds; close and reopen the browser',
    };
    const checks = [rejects(reading, expected), rejects(waiting, expected)];
    // The first seconds may pass while a cell blocks the event loop.
    await nextTurn();
    mock.timers.tick(60_000);
    await nextTurn();
    equal(isSettled, false);
    mock.timers.tick(5_000);
    await Promise.all(checks);
    await rejects(store.writeDrawing('2'), expected);
    equal(opened, 1);
  });
});
