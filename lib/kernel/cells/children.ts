/** Has what other programs print that a cell starts shown below the cell, rather than in the log of the server. */
import children, { ChildProcess, type StdioOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { STDERR } from '../link';
import { Interrupt } from '../script/run';
import { bound } from './origin';

/** What is known of streams that a program may be given as its own; the first is its `stdin`. */
const OWN = [0, 1, 2] as const;

/**
 * Shows them.
 *
 * @param waits is 1 while the thread of the cells waits for a program, and 2 if it is to be broken off behind it.
 * @param flush has what the cells have printed shown first.
 */
export function showChildren(waits: Int32Array, flush: () => void): void {
  followAsynchronous();
  for (const name of ['execSync', 'execFileSync', 'spawnSync'] as const) {
    const original = children[name] as (...args: unknown[]) => unknown;
    const waiting = (...args: unknown[]) => {
      flush();
      Atomics.store(waits, 0, 1);
      try {
        return original(...args.map(withOurStderr));
      } finally {
        if (Atomics.exchange(waits, 0, 0) === 2) interrupt();
      }
    };
    Object.assign(children, { [name]: waiting });
  }
  syncBuiltinESMExports();
}

function interrupt(): never {
  throw new Interrupt();
}

interface Spawned {
  readonly stdio?: StdioOptions | undefined;
}

/** Lists the streams of a program: each is named, or one name stands for all. */
const listed = ({ stdio }: Spawned): unknown[] =>
  typeof stdio === 'string' ? OWN.map(() => stdio) : [...(stdio ?? [])];

/** Returns which of the kernel's streams is meant: 1 is `stdout`, 2 is `stderr`. */
function inherited(stream: unknown, at: number): number | undefined {
  if (stream === 'inherit') return at;
  if (stream === process.stdout) return 1;
  if (stream === process.stderr) return 2;
  return typeof stream === 'number' ? stream : undefined;
}

/** Of the streams that a program inherits which is waited for, `stdout` is read as it is. */
function withOurStderr(options: unknown): unknown {
  const isOptions = typeof options === 'object' && options && 'stdio' in options;
  if (!isOptions) return options;
  const stdio = listed(options as Spawned).map((stream, at) =>
    inherited(stream, at) === 2 ? STDERR : stream === process.stdout ? 1 : stream,
  );
  return { ...options, stdio };
}

/** Has a program that is not waited for print through this process, which knows its cell. */
function followAsynchronous(): void {
  const prototype = ChildProcess.prototype as unknown as {
    spawn(this: ChildProcess, options: Spawned): number;
  };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const streams = listed(options);
    const shown = streams.map((stream, at) => (at > 0 ? inherited(stream, at) : undefined));
    const stdio = streams.map((stream, at) =>
      shown[at] === 1 || shown[at] === 2 ? 'pipe' : stream,
    ) as StdioOptions;
    const code = spawn.call(this, streams.length > 0 ? { ...options, stdio } : options);
    for (const emitter of [this, ...this.stdio]) {
      if (emitter) Object.assign(emitter, { emit: bound(emitter.emit.bind(emitter)) });
    }
    for (const [at, to] of shown.entries()) {
      if (to === 1) this.stdio[at]?.on('data', chunk => process.stdout.write(chunk));
      if (to === 2) this.stdio[at]?.on('data', chunk => process.stderr.write(chunk));
    }
    return code;
  };
}
