/**
 * Has the kernel's sockets send each message at once. zeromq puts every 513th off to the next turn
 * of the event loop and refuses what is sent meanwhile; tslab does not wait, so a notebook would
 * lose figures, or never hear that a cell has ended. Called before tslab sends anything.
 */
import { dirname } from 'node:path';

interface Sender {
  /** Milliseconds; at 0 zeromq does not put off. Neither socket ever waits for its peer. */
  sendTimeout: number;
  send(message: unknown): Promise<void>;
}

export function sendAtOnce(): void {
  const tslab = dirname(require.resolve('tslab/package.json'));
  const zeromq: Record<'Publisher' | 'Router', { prototype: Sender }> = require(
    require.resolve('zeromq', { paths: [tslab] }),
  );
  for (const { prototype } of [zeromq.Publisher, zeromq.Router]) {
    const { send } = prototype;
    // Not by assignment: zeromq's own is read-only.
    Object.defineProperty(prototype, 'send', {
      value(this: Sender, message: unknown) {
        this.sendTimeout = 0;
        return send.call(this, message);
      },
    });
  }
}
