/**
 * Forwards messages between the cell thread and the protocol server in a separate thread. So interrupts arrive
 * while a cell computes, blocked cells can be terminated, and this process ends with the server.
 */
import { execFile } from 'node:child_process';
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { type MessagePort, workerData } from 'node:worker_threads';
import { CHANNEL_FD, openChannel, type ToCellProcess } from '../link';

/** The worker data from `kernel.ts`. */
type Shared = Record<'port' | 'inputs', MessagePort> &
  Record<'wakeSignal' | 'waitState', Int32Array>;
const { port, inputs, wakeSignal, waitState }: Shared = workerData;

const stream = new Socket({ fd: CHANNEL_FD });

openChannel<never, ToCellProcess>(stream, message => {
  if (message.type === 'break-off' && message.byForce) {
    // V8's inspector cannot reach a thread that waits for a subprocess.
    if (Atomics.compareExchange(waitState, 0, 1, 2) === 0) terminateExecution();
    else killSubprocess();
  }
  if (message.type === 'input' || message.type === 'no-input') {
    inputs.postMessage(message);
    wake();
  } else port.postMessage(message);
});
stream.on('close', () => process.kill(process.pid, 'SIGKILL'));

port.on('message', (message: string) => {
  stream.write(`${message}\n`, message === '{"type":"flush"}' ? wake : undefined);
});

function wake(): void {
  Atomics.store(wakeSignal, 0, 1);
  Atomics.notify(wakeSignal, 0);
}

/**
 * Terminates the cells' synchronous code. On every system, V8's inspector reaches the cell thread from another
 * thread. A signal would work only on Linux and macOS, and not after an `await`. Like a signal, the termination
 * skips every `catch` and `finally`.
 */
function terminateExecution(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution', () => session.disconnect());
}

/** Ends the synchronous subprocess of the cells, which is the newest child of this process, and all grandchildren. */
function killSubprocess(): void {
  // Windows has neither these programs nor signals.
  execFile('pgrep', ['-n', '-P', String(process.pid)], (_, stdout) => {
    const id = stdout.trim();
    if (id)
      execFile('pgrep', ['-P', id], (_, ids) => execFile('kill', [id, ...ids.trim().split('\n')]));
  });
}
