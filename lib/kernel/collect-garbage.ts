import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// V8 gives its collector to the contexts that are made while this flag is set.
setFlagsFromString('--expose-gc');
/** Collects the garbage of this thread. */
export const collectGarbage: () => void = runInNewContext('gc');
setFlagsFromString('--no-expose-gc');

const used = () => getHeapStatistics().used_heap_size;

/** The bytes of the heap in use after the last collection. */
let kept: number | undefined;

/** Collects this thread's garbage if the heap has grown by more than a factor since the last time. */
export function collectGrown(growth: number): void {
  kept ??= used();
  if (used() <= growth * kept) return;
  collectGarbage();
  kept = used();
}
