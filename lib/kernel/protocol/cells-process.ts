/** The process that runs the cells, apart from this one: if it ends, the protocol is spoken on. */
import { spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type FromInstalled, LINK, link, STDERR, type ToInstalled } from '../link';
import { built } from '../start-thread';

/** What V8 says before it ends a process whose memory is full. */
const MEMORY_FULL = /heap out of memory|Fatal JavaScript invalid size error/;

/** Milliseconds for what it has logged last. */
const LAST_WORDS = 50;

/** How it ended: by a cell or as it was told, since its memory was full, or in a way that it cannot tell. */
export type End = 'exit' | 'memory' | 'unknown';

/**
 * Starts it.
 *
 * @param hear is told of what the cells say, and what other programs print that they have started.
 * @param end is told that it has ended, behind all else.
 */
export function startCells(
  hear: (said: FromInstalled) => void,
  end: (how: End, code: number) => void,
) {
  const child = spawn(process.execPath, [...process.execArgv, built('kernel.js')], {
    stdio: ['ignore', 'pipe', 'pipe', 'overlapped', 'pipe'],
    windowsHide: true,
  });
  const follow = (at: number, tell: (text: string) => void) =>
    (child.stdio[at] as Readable).setEncoding('utf8').on('data', tell);
  follow(1, text => hear({ type: 'stream', name: 'stdout', text }));
  follow(STDERR, text => hear({ type: 'stream', name: 'stderr', text }));
  let isFull = false;
  // What libraries log goes to the log of the server.
  follow(2, text => {
    process.stderr.write(text);
    isFull ||= MEMORY_FULL.test(text);
  });
  let hasClosed = false;
  const line = child.stdio[LINK] as Duplex;
  const send = link<ToInstalled, FromInstalled>(line, said => {
    hasClosed ||= said.type === 'closed';
    hear(said);
  });
  const closed = new Promise(resolve => line.once('close', resolve));
  // Not 'close': other programs may hold the pipes.
  child.once('exit', async () => {
    await closed;
    await delay(LAST_WORDS);
    const how = hasClosed ? 'exit' : isFull ? 'memory' : 'unknown';
    end(how, child.exitCode ?? 1);
  });
  return { send, kill: () => child.kill('SIGKILL') };
}
