/** Which run of a cell has caused what happens, also by timers, promises and programs while another one runs. */

let now: number | undefined;

/** Returns the run that has caused what happens now; undefined if it cannot be told. */
export const runNow = (): number | undefined => now;

/** Tells that a run goes on, to the next turn of the event loop at least; returns what is passed on. */
export function resume<T>(run?: number, value?: T): T | undefined {
  now = run;
  return value;
}

/** Whether the platform tells which promise goes on; where it does not, a run lasts until another one begins. */
let isTold = false;

/** Calls a function as part of a run. After an error, whoever hears of it still finds the run. */
export function asRun<T>(run: number | undefined, work: () => T): T {
  const before = now;
  now = run;
  const result = work();
  if (isTold) now = before;
  return result;
}

/** Makes a function part of the run that has caused what happens now; what is none stays as it is. */
export function bound<Work>(work: Work): Work {
  if (typeof work !== 'function') return work;
  const run = now;
  return function (this: unknown, ...args: unknown[]) {
    return asRun(run, () => work.apply(this, args));
  } as Work;
}

/** Has timers remember their run. */
export function trackTimers(isPromiseTold: boolean): void {
  isTold = isPromiseTold;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'] as const) {
    const original = globalThis[name] as (...args: unknown[]) => unknown;
    const tracked = (callback: unknown, ...rest: unknown[]) => original(bound(callback), ...rest);
    Object.defineProperties(tracked, Object.getOwnPropertyDescriptors(original));
    Object.assign(globalThis, { [name]: tracked });
  }
}
