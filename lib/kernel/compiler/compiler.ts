import type { ResourceLimits, Worker } from 'node:worker_threads';
import { startThread } from '../start-thread';
import { type Answer, type CodeQuestion, PendingRequests } from '../worker-messages';
import type { Compiled } from './checker';
import type { Declaration } from './declared';

/** What the compiler's thread is asked; each question has one answer. */
export type ToCompiler = CodeQuestion | { readonly type: 'compile'; readonly code: string };

/** What the compiler's thread hears. */
export type CompilerMessage =
  | (ToCompiler & { readonly id: number })
  /** A cell waits, which can be read meanwhile. */
  | { readonly type: 'prefetch'; readonly code: string }
  /** The cells that wait will not run. */
  | { readonly type: 'cancel' };

/** What the compiler's thread is started with: what the cells declare. */
export type CompilerData = readonly Declaration[];

/** Runs TypeScript in a thread of its own, which is started anew if it has ended, with what the cells declare. */
export class Compiler {
  private thread: Worker | undefined;
  /** An answer of undefined tells that the thread has ended. */
  private readonly questions = new PendingRequests<ToCompiler, unknown>(asked =>
    this.start().postMessage(asked),
  );
  /** By their ids; what came last stands last. */
  private readonly declared = new Map<string, Declaration>();

  /** @param limits the memory beyond which the thread is ended. */
  constructor(private readonly limits: ResourceLimits = {}) {
    this.start();
  }

  /** Tells of a cell that is to run after all those told of before. */
  prefetch(code: string): void {
    this.start().postMessage({ type: 'prefetch', code } satisfies CompilerMessage);
  }

  /** Tells that the cells that wait will not run. */
  cancel(): void {
    this.start().postMessage({ type: 'cancel' } satisfies CompilerMessage);
  }

  /** Compiles a cell in its turn: later ones see what it declares. Undefined if the thread ended twice. */
  async compile(code: string): Promise<Compiled | undefined> {
    const compiled = (await this.ask({ type: 'compile', code })) as Compiled | undefined;
    const { declaration } = compiled ?? {};
    if (declaration) {
      this.declared.delete(declaration.id);
      this.declared.set(declaration.id, declaration);
    }
    return compiled;
  }

  /** Answers what is asked at the cursor. @throws Error if the thread ended twice. */
  async answer(question: CodeQuestion): Promise<Answer> {
    const answer = (await this.ask(question)) as Answer | undefined;
    if (!answer) throw new Error('The TypeScript compiler has ended.');
    return answer;
  }

  /** If the thread ends meanwhile, it is asked once more: nothing depends on how often a cell is read. */
  private async ask(question: ToCompiler): Promise<unknown> {
    return (await this.questions.ask(question)) ?? this.questions.ask(question);
  }

  /** Starts the thread, unless there is one. */
  start(): Worker {
    if (this.thread) return this.thread;
    const data: CompilerData = [...this.declared.values()];
    // TypeScript keeps what it reads, so that a quarter of the usual room for new objects costs no time.
    const most = { maxYoungGenerationSizeMb: 12, ...this.limits };
    const thread = startThread('compiler-thread.js', data, [], most);
    thread.unref();
    thread.on('message', ({ id, answer }) => this.questions.settle(id, answer));
    thread.on('exit', () => {
      if (this.thread === thread) this.end();
    });
    // An error that nobody hears of would end the process.
    thread.on('error', () => {});
    this.thread = thread;
    return thread;
  }

  /** Ends the thread, and drops what it has read ahead; the next question starts another one. */
  end(): void {
    void this.thread?.terminate();
    this.thread = undefined;
    this.questions.settleAll(undefined);
  }
}
