import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Collects the garbage of this thread. */
export function collectGarbage(): void {
  collect ??= exposedGc();
  collect();
}

/** Returns V8's collector, which it gives to the contexts that are made while this flag is set. */
function exposedGc(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return collect;
}
