/** Provides what Node gives the lesson's code and a worker does not: imported before all else. */

import './disposable';
import { Output } from '../output-buffer';
import { bindToExecution, patchTimers } from '../script/origin';
import type { DisplayContent, StreamName } from '../worker-messages';

/** Characters that one cell may print; a loop that prints for ever would leave the page no time for ■. */
const MOST = 1_000_000;

export const host = new Output(postMessage.bind(globalThis), MOST);

export const show = (content: DisplayContent, update: boolean): void => host.show(content, update);

const stream = (name: StreamName) => ({
  isTTY: false,
  write(text: unknown) {
    host.write(name, String(text));
    return true;
  },
});

/** Ends the worker from without: the page can tell what is lost. */
function end(): never {
  host.send({ type: 'closed' });
  for (;;);
}

const { port1, port2 } = new MessageChannel();
const turns: (() => void)[] = [];
port1.onmessage = () => turns.shift()?.();

Object.assign(globalThis, {
  // Without `versions`: by them TensorFlow.js takes a place for Node.
  process: {
    argv: [],
    env: {},
    platform: 'browser',
    cwd: () => '/',
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    exit: end,
  },
  close: end,
  /** Not `setTimeout`, which browsers put off by 4 ms. */
  setImmediate(callback: (...values: unknown[]) => void, ...values: unknown[]) {
    turns.push(() => callback(...values));
    port2.postMessage(0);
  },
  [Symbol.for('digits.display')]: show,
});

patchTimers(false);

const { then } = Promise.prototype;
Object.assign(Promise.prototype, {
  // biome-ignore lint/suspicious/noThenProperty: that of all promises, which `await` does not call.
  then(this: Promise<unknown>, ...settled: Parameters<typeof then>) {
    return then.apply(this, settled.map(bindToExecution) as typeof settled);
  },
});
