/**
 * Keeps tslab's converter from ending for good where files change beside it.
 *
 * TypeScript sets a timer for what changed: one for a cell, and one more where a folder changes in which
 * an import was looked for in vain, as at an `npm install`. tslab fires them itself and has room for one;
 * a second one it takes for a fault, and so it does in every later cell.
 */
import type * as TypeScript from 'typescript-api';

type Timers = Pick<TypeScript.WatchHost, 'setTimeout' | 'clearTimeout'>;

/** Returns a host whose timers are all fired by the one that it has room for. */
export function multiplexTimers<Host extends Timers>(host: Host): Host {
  const waiting = new Set<() => void>();
  let fires = false;
  const fireAll = () => {
    // One may set another, which is fired as well.
    for (const callback of waiting) {
      waiting.delete(callback);
      callback();
    }
    fires = false;
  };
  return {
    ...host,
    setTimeout(callback: () => void, ms: number) {
      waiting.add(callback);
      if (!fires) {
        fires = true;
        host.setTimeout?.(fireAll, ms);
      }
      return callback;
    },
    clearTimeout: (callback: () => void) => waiting.delete(callback),
  };
}
