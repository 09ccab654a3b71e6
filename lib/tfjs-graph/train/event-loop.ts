/**
 * Waits for the next turn of the event loop, so that messages, interrupts and the page have theirs.
 * Where there is no `setImmediate`, as in browsers, it waits for a message: a timer would wait for 4 ms.
 *
 * @example
 * let told = false;
 * setImmediate(() => {
 *   told = true;
 * });
 * await nextTurn();
 * told; // true
 */
export const nextTurn = (): Promise<void> =>
  new Promise(done => {
    if (typeof setImmediate === 'function') {
      setImmediate(done);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    // Node's types of a port lack this.
    (port1 as typeof port1 & { onmessage(): void }).onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
