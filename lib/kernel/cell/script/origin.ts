/** Attributes output to cell executions, even from timers, promises and subprocesses that outlast the cell. */

let current: number | undefined;

/** Returns the execution responsible for the running code, or `undefined` if unknown. */
export const currentExecution = (): number | undefined => current;

/** Makes `execution` current until at least the next event-loop turn. Returns `value`, to wrap an `await`. */
export function resume<T>(execution?: number, value?: T): T | undefined {
  current = execution;
  return value;
}

/** Whether promise hooks are installed. If not, an execution stays current until the next execution starts. */
let hasPromiseHooks = false;

/** Calls a function as part of `execution`. After an error, `execution` stays current for the error handlers. */
export function runInExecution<T>(execution: number | undefined, callback: () => T): T {
  const previous = current;
  current = execution;
  const result = callback();
  if (hasPromiseHooks) current = previous;
  return result;
}

/** Binds a function to the current execution. Returns other values unchanged. */
export function bindToExecution<Value>(value: Value): Value {
  if (typeof value !== 'function') return value;
  const execution = current;
  return function (this: unknown, ...args: unknown[]) {
    return runInExecution(execution, () => value.apply(this, args));
  } as Value;
}

/** Patches the timer functions to bind callbacks to the current execution. */
export function patchTimers(withPromiseHooks: boolean): void {
  hasPromiseHooks = withPromiseHooks;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'] as const) {
    const original = globalThis[name] as (...args: unknown[]) => unknown;
    const tracked = (callback: unknown, ...rest: unknown[]) =>
      original(bindToExecution(callback), ...rest);
    Object.defineProperties(tracked, Object.getOwnPropertyDescriptors(original));
    Object.assign(globalThis, { [name]: tracked });
  }
}
