/**
 * Breaks off what the thread of the cells computes, also where it never waits. V8's inspector reaches it from
 * another thread on every system; a signal would reach it on Linux and macOS alone, and no code that has
 * waited before. No `catch` and no `finally` of the code run, as at a signal.
 */
import { Session } from 'node:inspector';

export function breakOff(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution', () => session.disconnect());
}
