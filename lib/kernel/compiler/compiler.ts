import type { ResourceLimits } from 'node:worker_threads';
import { messages } from '../language';
import { type Call, Connection, type Functions } from './worker-rpc';

/** Milliseconds to wait for the thread that is started in place of another. */
const PATIENCE = 30_000;

/** Runs TypeScript in a thread of its own, so that the cells' thread is free while it gets ready. */
export class Compiler {
  private connection: Connection | undefined;
  private closed = false;
  /** The calls that a new thread has to be told of, by the name of their module. */
  private readonly modules = new Map<unknown, Call>();

  constructor(
    private readonly imports: readonly string[],
    private readonly limits: ResourceLimits = {},
    private readonly patience = PATIENCE,
  ) {}

  /** Starts the thread; otherwise the first call does. */
  start(): void {
    if (!this.closed) this.connected();
  }

  /**
   * Calls a function of the thread and waits for it, since tslab's converter is not asynchronous.
   * A thread that has ended is started anew; one that ends meanwhile is called once more, since
   * nothing depends on how often a cell is read.
   *
   * @throws whatever the function throws; Error if the thread ends both times.
   */
  call<Name extends keyof Functions>(
    name: Name,
    ...args: Parameters<Functions[Name]>
  ): ReturnType<Functions[Name]> {
    if (this.closed) throw new Error(messages().compiler.stopped);
    if (!this.connected().lives) this.restart();
    // The first thread may take as long as it needs; the end of a second one could not be seen.
    for (const patience of [undefined, this.patience]) {
      const answer = this.connected().ask({ name, args }, patience);
      if (!answer) {
        this.restart();
        continue;
      }
      if (name === 'addModule') this.modules.set(args[0], { name, args });
      if ('error' in answer) throw answer.error;
      return answer.value as ReturnType<Functions[Name]>;
    }
    throw new Error(messages().compiler.ended);
  }

  /**
   * Calls a function of the thread without waiting for it; no new thread is started for it.
   *
   * @returns a function that waits, and returns undefined if the function threw or the thread ended.
   */
  post<Name extends keyof Functions>(
    name: Name,
    ...args: Parameters<Functions[Name]>
  ): () => ReturnType<Functions[Name]> | undefined {
    const connection = this.connected();
    const pending = connection.post({ name, args });
    return () => {
      const answer = connection.wait(pending);
      if (!answer || 'error' in answer) return undefined;
      return answer.value as ReturnType<Functions[Name]>;
    };
  }

  /** Ends the thread; a call from then on throws. */
  close(): void {
    this.closed = true;
    this.connection?.close();
  }

  private connected(): Connection {
    this.connection ??= new Connection(this.imports, this.limits);
    return this.connection;
  }

  /** Starts a new thread in place of the one that there is. */
  restart(): void {
    this.connection?.close();
    this.connection = undefined;
    const connection = this.connected();
    for (const call of this.modules.values()) connection.ask(call);
  }
}
