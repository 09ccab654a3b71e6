import { MessageChannel } from 'node:worker_threads';

let next: (() => void) | undefined;

const { port1, port2 } = new MessageChannel();
port2.on('message', () => {
  const work = next;
  next = undefined;
  work?.();
});
port2.unref();

/**
 * Calls a function soon, by nobody: what is broken off by force takes all that has called it with it. Node's
 * loop over its immediates would stay halfway, and throw for ever where another one had run before; from a
 * port the messages come one by one. Where it is called again before, only the last function is.
 */
export function callApart(work: () => void): void {
  next = work;
  port1.postMessage(undefined);
}
