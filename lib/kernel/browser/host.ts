/** Provides Node's globals to the lesson's code in a worker. Must be imported first. */

import './disposable';
import { Output } from '../cell/execution/output-buffer';
import { bindToExecution, patchTimers } from '../cell/script/origin';
import type { DisplayContent, StreamName } from '../cell/worker-messages';

/** Output limit per cell, in characters. An endless loop of output would block the page, and with the page ■. */
const MAX_PRINTED_CHARACTERS = 1_000_000;

export const host = new Output(postMessage.bind(globalThis), MAX_PRINTED_CHARACTERS);

export const show = (content: DisplayContent, update: boolean): void => host.show(content, update);

const stream = (name: StreamName) => ({
  isTTY: false,
  write(text: unknown) {
    host.write(name, String(text));
    return true;
  },
});

/** Asks the page to end the worker. The page reports the lost variables. */
function exit(): never {
  host.send({ type: 'closed' });
  for (;;);
}

const { port1, port2 } = new MessageChannel();
const callbacks: (() => void)[] = [];
port1.onmessage = () => callbacks.shift()?.();

Object.assign(globalThis, {
  // Omit `versions`: TensorFlow.js would detect Node.
  process: {
    argv: [],
    env: {},
    platform: 'browser',
    cwd: () => '/',
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    exit,
  },
  close: exit,
  /** Uses a message port, because browsers delay `setTimeout` by 4 ms. */
  setImmediate(callback: (...values: unknown[]) => void, ...values: unknown[]) {
    callbacks.push(() => callback(...values));
    port2.postMessage(0);
  },
  [Symbol.for('digits.display')]: show,
});

patchTimers(false);

const { then } = Promise.prototype;
Object.assign(Promise.prototype, {
  // biome-ignore lint/suspicious/noThenProperty: patches the method of all promises; `await` bypasses the method.
  then(this: Promise<unknown>, ...handlers: Parameters<typeof then>) {
    return then.apply(this, handlers.map(bindToExecution) as typeof handlers);
  },
});
