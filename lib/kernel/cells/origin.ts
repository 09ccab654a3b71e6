/**
 * Which run of a cell has caused what happens, also by timers, promises and programs while another one runs.
 *
 * Not by `AsyncLocalStorage`: below Node 24 it counts what runs in what, and ends the process where that was
 * broken off by force. V8 itself tells of promises.
 */
import { promiseHooks } from 'node:v8';

let now: number | undefined;

/** Returns the run that has caused what happens now; undefined if it cannot be told. */
export const runNow = (): number | undefined => now;

/** Calls a function as part of a run. After an error, whoever hears of it still finds the run. */
export function asRun<T>(run: number | undefined, work: () => T): T {
  const before = now;
  now = run;
  const result = work();
  now = before;
  return result;
}

/** Tells that what has caused what happens is over, though it was not left in order. */
export function leaveRun(): void {
  now = undefined;
}

/** Makes a function part of the run that has caused what happens now. */
export function bound<Args extends unknown[], T>(work: (...args: Args) => T) {
  const run = now;
  return (...args: Args): T => asRun(run, () => work(...args));
}

/** A class whose constructor makes nothing new. */
class Same {
  constructor(it: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the fields below come to stand in what is returned.
    return it;
  }
}

/** Keeps the run in the promise itself, where nothing else sees it. */
class Mark extends Same {
  readonly #run = now;

  static of = (promise: object): number | undefined =>
    #run in promise ? (promise as Mark).#run : undefined;
}

/** Returns the run that has made a promise. */
export const runOf = Mark.of;

/** Has promises and timers remember their run. */
export function trackRuns(): void {
  promiseHooks.createHook({
    init(promise) {
      if (now !== undefined) new Mark(promise);
    },
    before(promise) {
      now = Mark.of(promise);
    },
    after() {
      now = undefined;
    },
  });
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'] as const) {
    const original = globalThis[name] as (...args: unknown[]) => unknown;
    const tracked = (callback: unknown, ...rest: unknown[]) =>
      original(typeof callback === 'function' ? bound(callback as () => void) : callback, ...rest);
    Object.defineProperties(tracked, Object.getOwnPropertyDescriptors(original));
    Object.assign(globalThis, { [name]: tracked });
  }
}
