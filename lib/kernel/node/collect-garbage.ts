import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// V8 exposes `gc` in contexts created while this flag is set.
setFlagsFromString('--expose-gc');
export const collectGarbage: () => void = runInNewContext('gc');
setFlagsFromString('--no-expose-gc');

const usedHeapSize = () => getHeapStatistics().used_heap_size;

/** Used heap size after the last collection, in bytes. */
let baseline: number | undefined;

/** Collects garbage if the heap has grown by more than the factor `growth` since the last collection. */
export function collectGrown(growth: number): void {
  baseline ??= usedHeapSize();
  if (usedHeapSize() <= growth * baseline) return;
  collectGarbage();
  baseline = usedHeapSize();
}
