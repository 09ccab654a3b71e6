import { forms } from './forms';
import { stage1 } from './stage-1';
import { stage2 } from './stage-2';
import { stage3 } from './stage-3';
import { stage4 } from './stage-4';
import { stage5 } from './stage-5';
import { stage6 } from './stage-6';
import { stage7 } from './stage-7';
import { stage8 } from './stage-8';
import { stage9 } from './stage-9';
import { stage10 } from './stage-10';
import type { Tries } from './tries';

const stages: Tries = {
  ...stage1,
  ...stage2,
  ...stage3,
  ...stage4,
  ...stage5,
  ...stage6,
  ...stage7,
  ...stage8,
  ...stage9,
  ...stage10,
};

/** Right and wrong answers to each exercise. */
export const tries: Tries = Object.fromEntries(
  Object.entries(stages).map(([id, { right, wrong }]) => [
    id,
    {
      right: [...right, ...(forms[id]?.right ?? [])],
      wrong: [...wrong, ...(forms[id]?.wrong ?? [])],
    },
  ]),
);
