/**
 * Waits for the next turn of the event loop, to process messages, interrupts and page updates. In browsers, which lack
 * `setImmediate`, waits for a message instead, because timers wait for 4 ms.
 *
 * @example
 * let wasCalled = false;
 * setImmediate(() => {
 *   wasCalled = true;
 * });
 * await nextTurn();
 * wasCalled; // true
 */
export const nextTurn = (): Promise<void> =>
  new Promise(resolve => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    // Node's types lack `onmessage`.
    (port1 as typeof port1 & { onmessage(): void }).onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
