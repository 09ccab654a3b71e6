import type { ResourceLimits, Worker } from 'node:worker_threads';
import { type Answer, PendingRequests, type Question } from '../../cell/worker-messages';
import type { Compiled } from '../../typescript/checker';
import type { Declaration } from '../../typescript/declared';
import { startThread } from '../start-thread';

/** A request to the compiler thread. Each request has a reply. */
export type CompilerRequest = Question | { readonly type: 'compile'; readonly code: string };

export type CompilerMessage =
  | (CompilerRequest & { readonly id: number })
  /** A queued cell to compile ahead. */
  | { readonly type: 'prefetch'; readonly code: string }
  /** The queued cells will not run. */
  | { readonly type: 'cancel' };

/** The compiler thread's initial data: declarations of earlier cells. */
export type CompilerData = readonly Declaration[];

/** Manages the compiler thread, and restarts an ended thread with the declarations of earlier cells. */
export class Compiler {
  private thread: Worker | undefined;
  /** `undefined` means that the thread has ended. */
  private readonly requests = new PendingRequests<CompilerRequest, unknown>(request =>
    this.start().postMessage(request),
  );
  /** Declarations by id, latest last. */
  private readonly declarations = new Map<string, Declaration>();

  /** @param limits memory limits of the thread */
  constructor(private readonly limits: ResourceLimits = {}) {
    this.start();
  }

  /** Announces a cell that will run after all announced cells. */
  prefetch(code: string): void {
    this.start().postMessage({ type: 'prefetch', code } satisfies CompilerMessage);
  }

  cancel(): void {
    this.start().postMessage({ type: 'cancel' } satisfies CompilerMessage);
  }

  /** Compiles a cell and records the declarations. Resolves to `undefined` if the thread ended twice. */
  async compile(code: string): Promise<Compiled | undefined> {
    const compiled = await this.ask<Compiled>({ type: 'compile', code });
    const { declaration } = compiled ?? {};
    if (declaration) {
      this.declarations.delete(declaration.id);
      this.declarations.set(declaration.id, declaration);
    }
    return compiled;
  }

  /** Asks the thread, with a retry: requests are idempotent. Resolves to `undefined` if the thread ended twice. */
  async ask<Reply = Answer>(request: CompilerRequest): Promise<Reply | undefined> {
    const reply = (await this.requests.ask(request)) ?? (await this.requests.ask(request));
    return reply as Reply | undefined;
  }

  start(): Worker {
    if (this.thread) return this.thread;
    const data: CompilerData = [...this.declarations.values()];
    // TypeScript keeps most objects, so a quarter of the default size for new objects costs no time.
    const resourceLimits = { maxYoungGenerationSizeMb: 12, ...this.limits };
    const thread = startThread('compiler-thread.js', data, [], resourceLimits);
    thread.unref();
    thread.on('message', ({ id, answer }) => this.requests.settle(id, answer));
    thread.on('exit', () => {
      if (this.thread === thread) this.stop();
    });
    // An error event without a listener would end the process.
    thread.on('error', () => {});
    this.thread = thread;
    return thread;
  }

  /** Terminates the thread and drops cells compiled ahead. The next request starts a new thread. */
  stop(): void {
    void this.thread?.terminate();
    this.thread = undefined;
    this.requests.settleAll(undefined);
  }
}
