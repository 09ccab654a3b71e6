/** Manages the cell process, so that a crash in a cell leaves the protocol server running. */
import { spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FromCellProcess, ToCellProcess } from '../link';
import { CHANNEL_FD, openChannel, STDERR_FD } from '../link';
import { bundlePath } from '../start-thread';

/** V8's error messages when the heap is full. */
const OUT_OF_MEMORY = /heap out of memory|Fatal JavaScript invalid size error/;

/** Milliseconds to wait for the last log output. */
const LOG_DRAIN_MS = 50;

/** `exit`: by `process.exit()` in a cell or on request; `memory`: heap full; `unknown`: other, such as a signal. */
export type ExitReason = 'exit' | 'memory' | 'unknown';

/**
 * Starts the cell process.
 *
 * @param onMessage receives messages from the cells, and the output of subprocesses
 * @param onExit called last, with the reason and the exit code
 */
export function spawnCellProcess(
  onMessage: (message: FromCellProcess) => void,
  onExit: (reason: ExitReason, code: number) => void,
) {
  const child = spawn(process.execPath, [...process.execArgv, bundlePath('kernel.js')], {
    stdio: ['ignore', 'pipe', 'pipe', 'overlapped', 'pipe'],
    windowsHide: true,
  });
  const onText = (fd: number, listener: (text: string) => void) =>
    (child.stdio[fd] as Readable).setEncoding('utf8').on('data', listener);
  onText(1, text => onMessage({ type: 'stream', name: 'stdout', text }));
  onText(STDERR_FD, text => onMessage({ type: 'stream', name: 'stderr', text }));
  let isOutOfMemory = false;
  // Library logs go to the server's log.
  onText(2, text => {
    process.stderr.write(text);
    isOutOfMemory ||= OUT_OF_MEMORY.test(text);
  });
  let hasExitedNormally = false;
  const channel = child.stdio[CHANNEL_FD] as Duplex;
  const send = openChannel<ToCellProcess, FromCellProcess>(channel, message => {
    hasExitedNormally ||= message.type === 'closed';
    onMessage(message);
  });
  const closed = new Promise(resolve => channel.once('close', resolve));
  // Not 'close': subprocesses of the cells may keep the pipes open.
  child.once('exit', async () => {
    await closed;
    await delay(LOG_DRAIN_MS);
    const reason = hasExitedNormally ? 'exit' : isOutOfMemory ? 'memory' : 'unknown';
    onExit(reason, child.exitCode ?? 1);
  });
  return { send, kill: () => child.kill('SIGKILL') };
}
