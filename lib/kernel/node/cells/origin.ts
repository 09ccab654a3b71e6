/**
 * Attributes promises and timers to cell executions, by V8's promise hooks.
 *
 * `AsyncLocalStorage` is not usable: below Node 24, a forced termination corrupts the nesting counter and ends
 * the process.
 */
import { promiseHooks } from 'node:v8';
import { currentExecution, patchTimers, resume } from '../../cell/script/origin';

/** A class whose constructor returns the argument, so that a subclass adds fields to an existing object. */
class ReturnArgument {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: subclass fields are added to the returned object.
    return target;
  }
}

/** Stores the execution id in a private field of the promise, invisible to other code. */
class ExecutionTag extends ReturnArgument {
  readonly #run = currentExecution();

  static read = (promise: object): number | undefined =>
    #run in promise ? (promise as ExecutionTag).#run : undefined;
}

/** Returns the execution that created a promise. */
export const executionOf = ExecutionTag.read;

promiseHooks.createHook({
  init(promise) {
    if (currentExecution() !== undefined) new ExecutionTag(promise);
  },
  before: promise => resume(ExecutionTag.read(promise)),
  after: () => resume(),
});
patchTimers(true);
