/** Has what other programs print that a cell starts shown below the cell, rather than in the log of the server. */
import children, { ChildProcess, type SpawnOptions, type StdioOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { STDERR_FD } from '../link';
import { bindToExecution } from '../script/origin';
import { Interrupt } from '../script/run';

/** @param waits is 1 while the cells wait for a program, and 2 if they are to be broken off behind it. */
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

/** Lists the streams of a program, by their numbers if they are the kernel's: 1 is `stdout`, 2 is `stderr`. */
function streamsOf({ stdio = [] }: SpawnOptions): unknown[] {
  const given: readonly unknown[] = typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio;
  return given.map((stream, at) => {
    const shown = ([process.stdout, process.stderr] as unknown[]).indexOf(stream);
    return stream === 'inherit' ? at : shown < 0 ? stream : shown + 1;
  });
}

/** Of the streams that a program inherits which is waited for, `stdout` is read as it is. */
function withOurStderr(options: unknown): unknown {
  if (typeof options !== 'object' || !options || !('stdio' in options)) return options;
  const stdio = streamsOf(options as SpawnOptions).map(stream =>
    stream === 2 ? STDERR_FD : stream,
  );
  return { ...options, stdio };
}

/** Has a program that is not waited for print through this process, which knows its cell. */
function followAsynchronous(): void {
  const prototype = ChildProcess.prototype as unknown as {
    spawn(this: ChildProcess, options: SpawnOptions): number;
  };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const streams = streamsOf(options);
    const shown = streams.map((stream, at) => at > 0 && (stream === 1 || stream === 2) && stream);
    const stdio = streams.map((stream, at) => (shown[at] ? 'pipe' : stream)) as StdioOptions;
    const code = spawn.call(this, streams.length > 0 ? { ...options, stdio } : options);
    for (const emitter of [this, ...this.stdio]) {
      if (emitter) Object.assign(emitter, { emit: bindToExecution(emitter.emit.bind(emitter)) });
    }
    for (const [at, to] of shown.entries()) {
      const own = to === 1 ? process.stdout : process.stderr;
      if (to) this.stdio[at]?.on('data', chunk => own.write(chunk));
    }
    return code;
  };
}
