/** A browser's port; Node's types of it lack this. */
interface Port {
  onmessage?: ((event: never) => void) | null;
  close(): void;
}

/**
 * Waits for the next turn of the event loop, so that messages, interrupts and the page have theirs.
 * Where there is no `setImmediate`, as in browsers, by a message: a timer would wait for 4 ms.
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
    const port: Port = port1;
    port.onmessage = () => {
      port.close();
      done();
    };
    port2.postMessage(undefined);
  });
