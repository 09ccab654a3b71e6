import * as all from './all';
import type { Exercise } from './judging/exercise';

const inOrder = new Intl.Collator('en', { numeric: true });

/** All exercises, in the order of the notebook. */
export const exercises: readonly Exercise[] = Object.values<Exercise>(all).sort((a, b) =>
  inOrder.compare(a.id, b.id),
);
