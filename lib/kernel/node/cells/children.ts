/** Shows the output of subprocesses below the cell rather than in the server's log. */
import children, { ChildProcess, type SpawnOptions, type StdioOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { bindToExecution } from '../../cell/script/origin';
import { Interrupt } from '../../cell/script/run';
import { STDERR_FD } from '../link';

/** @param waitState 1 during a synchronous subprocess; 2 to interrupt the cell afterwards */
export function captureSubprocessOutput(waitState: Int32Array, flush: () => void): void {
  patchSpawn();
  for (const name of ['execSync', 'execFileSync', 'spawnSync'] as const) {
    const original = children[name] as (...args: unknown[]) => unknown;
    const replacement = (...args: unknown[]) => {
      flush();
      Atomics.store(waitState, 0, 1);
      try {
        return original(...args.map(redirectStderr));
      } finally {
        if (Atomics.exchange(waitState, 0, 0) === 2) interrupt();
      }
    };
    Object.assign(children, { [name]: replacement });
  }
  syncBuiltinESMExports();
}

function interrupt(): never {
  throw new Interrupt();
}

/** Replaces the kernel's own streams by file descriptors: 1 for `stdout`, 2 for `stderr`. */
function resolveStreams({ stdio = [] }: SpawnOptions): unknown[] {
  const streams: readonly unknown[] = typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio;
  return streams.map((stream, fd) => {
    const ownIndex = ([process.stdout, process.stderr] as unknown[]).indexOf(stream);
    return stream === 'inherit' ? fd : ownIndex < 0 ? stream : ownIndex + 1;
  });
}

/** Redirects the inherited `stderr` of a synchronous subprocess to the notebook, like `stdout`. */
function redirectStderr(options: unknown): unknown {
  if (typeof options !== 'object' || !options || !('stdio' in options)) return options;
  const stdio = resolveStreams(options as SpawnOptions).map(stream =>
    stream === 2 ? STDERR_FD : stream,
  );
  return { ...options, stdio };
}

/** Pipes the output of an asynchronous subprocess through this process, to attribute the output to a cell. */
function patchSpawn(): void {
  const prototype = ChildProcess.prototype as unknown as {
    spawn(this: ChildProcess, options: SpawnOptions): number;
  };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const streams = resolveStreams(options);
    const targets = streams.map((stream, fd) => fd > 0 && (stream === 1 || stream === 2) && stream);
    const stdio = streams.map((stream, fd) => (targets[fd] ? 'pipe' : stream)) as StdioOptions;
    const code = spawn.call(this, streams.length > 0 ? { ...options, stdio } : options);
    for (const emitter of [this, ...this.stdio]) {
      if (emitter) Object.assign(emitter, { emit: bindToExecution(emitter.emit.bind(emitter)) });
    }
    for (const [fd, target] of targets.entries()) {
      const output = target === 1 ? process.stdout : process.stderr;
      if (target) this.stdio[fd]?.on('data', chunk => output.write(chunk));
    }
    return code;
  };
}
