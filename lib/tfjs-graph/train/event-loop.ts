/** When training yields to the event loop. */
export type YieldEvery = 'auto' | 'batch' | 'epoch' | 'never' | number;

/** Milliseconds from one turn to the next; those of `'auto'` are tfjs-layers'. */
const PAUSES = {
  auto: 125,
  batch: 0,
  epoch: Number.POSITIVE_INFINITY,
  never: Number.POSITIVE_INFINITY,
};

/** Yields to the event loop now and then, so that timers, messages and the page have their turn. */
export class Turns {
  private last = performance.now();

  constructor(private readonly every: YieldEvery) {}

  async afterSteps(): Promise<void> {
    const { every } = this;
    const pause = typeof every === 'number' ? every : PAUSES[every];
    if (performance.now() - this.last < pause) return;
    await nextTurn();
    this.last = performance.now();
  }

  async afterEpoch(): Promise<void> {
    if (this.every === 'epoch') await nextTurn();
  }
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
    // Node's types of a port lack this.
    (port1 as typeof port1 & { onmessage(): void }).onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
