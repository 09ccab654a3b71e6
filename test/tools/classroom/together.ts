/** Learners who run the lesson at once, and what it takes. */
import assert from 'node:assert/strict';
import { FIGURES } from '../../notebooks/lab';
import { memoryOf, processesWith } from '../../processes';
import { type Hub, type Learner, type Run, runAtOnce } from './hub';

/** The most megabytes that a learner's kernel may take at the lesson's end, in a class of twenty. */
const MOST = 420;

export interface Together {
  readonly runs: Run[];
  readonly learners: Learner[];
}

/** Lets learners log in and run the lesson, all at once. */
export async function together(hub: Hub, names: readonly string[]): Promise<Together> {
  const learners = await Promise.all(names.map(name => hub.enter(name)));
  const runs = await runAtOnce('lesson.en.ipynb', learners);
  if (runs.some(faultOf)) console.log(hub.said());
  return { runs, learners };
}

/** What went wrong with a learner's run, if anything did. */
export function faultOf({ error, figures }: Run): string | undefined {
  return error ?? (figures === FIGURES ? undefined : `${figures} figures in place of ${FIGURES}`);
}

export function processesOf(runs: readonly Run[]) {
  return {
    kernels: runs.flatMap(({ kernel }) => processesWith(`kernel-${kernel}`)),
    servers: processesWith('-m jupyterhub.singleuser'),
    hubs: processesWith('-m jupyterhub --config'),
    proxies: processesWith('configurable-http-proxy'),
  };
}

/** @throws AssertionError where a kernel takes more than {@link MOST} megabytes. */
export function assertMemory(runs: readonly Run[]): void {
  const { kernels } = processesOf(runs);
  assert.equal(kernels.length, runs.length);
  const sizes = kernels.map(memoryOf);
  assert.ok(Math.max(...sizes) <= MOST, `megabytes a kernel: ${sizes.map(Math.round).join(' ')}`);
}
