/**
 * Has promises and timers remember the run of a cell that has made them.
 *
 * Not by `AsyncLocalStorage`: below Node 24 it counts what runs in what, and ends the process where that was
 * broken off by force. V8 itself tells of promises.
 */
import { promiseHooks } from 'node:v8';
import { currentExecution, patchTimers, resume } from '../script/origin';

/** A class whose constructor makes nothing new. */
class Same {
  constructor(it: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the fields below come to stand in what is returned.
    return it;
  }
}

/** Keeps the run in the promise itself, where nothing else sees it. */
class Mark extends Same {
  readonly #run = currentExecution();

  static of = (promise: object): number | undefined =>
    #run in promise ? (promise as Mark).#run : undefined;
}

/** Returns the run that has made a promise. */
export const runOf = Mark.of;

promiseHooks.createHook({
  init(promise) {
    if (currentExecution() !== undefined) new Mark(promise);
  },
  before: promise => resume(Mark.of(promise)),
  after: () => resume(),
});
patchTimers(true);
