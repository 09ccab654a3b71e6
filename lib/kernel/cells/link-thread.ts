/**
 * Carries what passes between the cells and the process that has started theirs, in a thread of its own: it hears
 * ■ while a cell computes, breaks off what never looks up, and ends the cells together with that process.
 */
import { execFile } from 'node:child_process';
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { type MessagePort, workerData } from 'node:worker_threads';
import { CHANNEL_FD, openJsonLineChannel, type ToCellProcess } from '../link';

/** As `kernel.ts` makes them. */
type Shared = Record<'port' | 'typed', MessagePort> & Record<'turn' | 'waits', Int32Array>;
const { port, typed, turn, waits }: Shared = workerData;

const stream = new Socket({ fd: CHANNEL_FD });

openJsonLineChannel<never, ToCellProcess>(stream, message => {
  if (message.type === 'break-off' && message.byForce) {
    // A thread that waits for a program does not even hear the inspector.
    if (Atomics.compareExchange(waits, 0, 1, 2) === 0) terminateExecution();
    else endAwaited();
  }
  if (message.type === 'input' || message.type === 'no-input') {
    typed.postMessage(message);
    wake();
  } else port.postMessage(message);
});
stream.on('close', () => process.kill(process.pid, 'SIGKILL'));

port.on('message', (said: string) => {
  stream.write(`${said}\n`, said === '{"type":"flush"}' ? wake : undefined);
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

/** Ends the program that the cells wait for: it is the last one that they have started; and what it has started. */
function endAwaited(): void {
  // Windows has none of these, and no signals.
  execFile('pgrep', ['-n', '-P', String(process.pid)], (_, found) => {
    const id = found.trim();
    if (id)
      execFile('pgrep', ['-P', id], (_, ids) => execFile('kill', [id, ...ids.trim().split('\n')]));
  });
}
