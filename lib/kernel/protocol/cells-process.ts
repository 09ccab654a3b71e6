/** The process that runs the cells, apart from this one: if it ends, the protocol is spoken on. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { type FromInstalled, LINK, Link, STDERR, type ToInstalled } from '../link';
import { built } from '../start-thread';
import type { StreamName } from '../worker-messages';

/** What V8 says before it ends a process whose memory is full. */
const MEMORY_FULL = /heap out of memory|Fatal JavaScript invalid size error/;

/** Characters of its log in which that stands. */
const LAST = 4000;

/** Milliseconds for what it has logged last. */
const LAST_WORDS = 50;

/** How it ended: by a cell or as it was told, since its memory was full, or in a way that it cannot tell. */
export type End = 'exit' | 'memory' | 'unknown';

export class CellsProcess {
  private readonly process: ChildProcess;
  private readonly link: Link<ToInstalled, FromInstalled>;
  private log = '';
  private hasClosed = false;

  /**
   * @param hear is told of what the cells say.
   * @param print is told of what other programs print that they have started.
   * @param end is told that it has ended, behind all else.
   */
  constructor(
    hear: (said: FromInstalled) => void,
    print: (name: StreamName, text: string) => void,
    end: (how: End, code: number) => void,
  ) {
    this.process = spawn(process.execPath, [...process.execArgv, built('kernel.js')], {
      stdio: ['ignore', 'pipe', 'pipe', 'overlapped', 'pipe'],
      windowsHide: true,
    });
    const { stdio } = this.process;
    for (const [name, at] of [
      ['stdout', 1],
      ['stderr', STDERR],
    ] as const) {
      const stream = stdio[at] as Readable;
      stream.setEncoding('utf8').on('data', (text: string) => print(name, text));
    }
    // What libraries log goes to the log of the server.
    (stdio[2] as Readable).on('data', (text: Buffer) => {
      process.stderr.write(text);
      this.log = (this.log + text).slice(-LAST);
    });
    this.link = new Link(stdio[LINK] as Duplex, said => {
      this.hasClosed ||= said.type === 'closed';
      hear(said);
    });
    let isHalfway = false;
    const ended = () => {
      if (isHalfway) setTimeout(() => end(this.how(), this.process.exitCode ?? 1), LAST_WORDS);
      isHalfway = true;
    };
    // Not 'close': other programs may hold the pipes.
    this.process.once('exit', ended);
    this.link.stream.once('close', ended);
  }

  send(message: ToInstalled): void {
    this.link.send(message);
  }

  private how(): End {
    if (this.hasClosed) return 'exit';
    return MEMORY_FULL.test(this.log) ? 'memory' : 'unknown';
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}
