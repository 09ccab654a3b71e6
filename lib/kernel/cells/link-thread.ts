/**
 * Carries what passes between the cells and the process that has started theirs, in a thread of its own: it hears
 * ■ while a cell computes, breaks off what never looks up, and ends the cells together with that process.
 */
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { LINK, Link } from '../link';
import type { FromInstalled, LinkData, ToInstalled } from '../worker-messages';

const { port, typed, turn } = workerData as LinkData;

const link = new Link<FromInstalled, ToInstalled>(new Socket({ fd: LINK }), message => {
  if (message.type === 'break-off' && message.byForce) terminateExecution();
  if (message.type !== 'input' && message.type !== 'no-input') return port.postMessage(message);
  typed.postMessage(message);
  wake();
});
link.stream.on('close', () => process.kill(process.pid, 'SIGKILL'));

port.on('message', (said: FromInstalled) => {
  link.send(said);
  if (said.type === 'closed') link.stream.write('', wake);
});

/** Lets the thread of the cells go on, which waits. */
function wake(): void {
  Atomics.store(turn, 0, 1);
  Atomics.notify(turn, 0);
}

/**
 * Ends what the cells compute, even if they never wait. V8's inspector reaches them from another thread on
 * every system; a signal would reach them on Linux and macOS alone, and no code that has waited before. No
 * `catch` and no `finally` of the code run, as at a signal.
 */
function terminateExecution(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution', () => session.disconnect());
}
