/** Which run of a cell has caused what happens, also by timers and promises while another one runs. */

let now: number | undefined;

/** Returns the run that has caused what happens now. */
export const runNow = (): number | undefined => now;

/** Tells that a run goes on, to the next turn of the event loop at least; returns what is passed on. */
export function resume<T>(run: number | undefined, value?: T): T | undefined {
  now = run;
  return value;
}

/** Makes a function part of the run that has caused what happens now; what is none stays as it is. */
export function bound<Work>(work: Work): Work {
  if (typeof work !== 'function') return work;
  const run = now;
  return function (this: unknown, ...args: unknown[]) {
    now = run;
    return work.apply(this, args);
  } as Work;
}

type Callback = (value: unknown) => unknown;

for (const name of ['setTimeout', 'setInterval', 'queueMicrotask'] as const) {
  const original = globalThis[name] as (...args: unknown[]) => unknown;
  Object.assign(globalThis, {
    [name]: (callback: unknown, ...rest: unknown[]) => original(bound(callback), ...rest),
  });
}

const { then } = Promise.prototype;
Object.assign(Promise.prototype, {
  // biome-ignore lint/suspicious/noThenProperty: that of all promises, which `await` does not call.
  then(this: Promise<unknown>, fulfilled?: Callback, rejected?: Callback) {
    return then.call(this, bound(fulfilled), bound(rejected));
  },
});
