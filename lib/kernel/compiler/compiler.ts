import {
  MessageChannel,
  type MessagePort,
  type ResourceLimits,
  type Worker,
} from 'node:worker_threads';
import { messages } from '../language';
import { startThread } from '../start-thread';
import { PendingRequests } from '../worker-messages';
import type { Compiled } from './checker';
import { type Declaration, Declared } from './declared';
import type { Answer, Call, CompilerData, Functions, Read } from './worker-rpc';

interface Thread {
  readonly worker: Worker;
  /** An answer of undefined tells that the thread has ended. */
  readonly calls: PendingRequests<Call, Answer | undefined>;
}

/**
 * Runs TypeScript in a thread of its own, which is started anew if it has ended. It reads the cells that wait
 * while another one runs, each as if those before it had run well.
 */
export class Compiler {
  private thread: Thread | undefined;
  /** The calls that a new thread has to be told of, by the name of their module. */
  private readonly modules = new Map<unknown, Call>();
  /** What the cells declare, also those that failed. */
  private readonly declared = new Declared();
  /** Cells that were asked for and have not had their turn. */
  private readonly prefetched: { code: string; read: Promise<Read | undefined> }[] = [];

  /**
   * @param limits the memory beyond which the thread is ended.
   * @param connect is given a line to each thread that is started, for questions while a cell computes.
   */
  constructor(
    private readonly imports: readonly string[],
    private readonly limits: ResourceLimits = {},
    private readonly connect: (port: MessagePort) => void = () => {},
  ) {}

  /** Tells of a cell that is to run after all those told of before. */
  prefetch(code: string): void {
    const read = this.start()
      .calls.ask({ name: 'readAhead', args: [code] })
      .then(answer => (answer && 'value' in answer ? (answer.value as Read) : undefined));
    this.prefetched.push({ code, read });
  }

  /** Tells that the cells that wait will not run. */
  cancel(): void {
    this.prefetched.length = 0;
    void this.start().calls.ask({ name: 'cancel', args: [] });
  }

  /** Compiles a cell in its turn. */
  async compile(code: string): Promise<Compiled> {
    // Those before it have had their turn.
    const at = this.prefetched.findIndex(expected => expected.code === code);
    const ahead = await this.prefetched.splice(0, at + 1).at(-1)?.read;
    const isRight = ahead && ahead.context === this.declared.contextOf(code, ahead.own);
    return isRight ? ahead.compiled : this.call('compile', code);
  }

  /** Tells of what a cell declares that runs now. */
  declare(declaration: Declaration): void {
    this.declared.add(declaration);
    void this.start().calls.ask({ name: 'declare', args: [declaration] });
  }

  /**
   * Calls a function of the thread. If the thread ends meanwhile, it is called once more, since nothing
   * depends on how often a cell is read.
   *
   * @throws whatever the function throws; Error if the thread ends both times.
   */
  async call<Name extends keyof Functions>(
    name: Name,
    ...args: Parameters<Functions[Name]>
  ): Promise<ReturnType<Functions[Name]>> {
    const call: Call = { name, args };
    const answer = (await this.start().calls.ask(call)) ?? (await this.start().calls.ask(call));
    if (!answer) throw new Error(messages().compiler.ended);
    if (name === 'addModule') this.modules.set(args[0], call);
    if ('error' in answer) throw answer.error;
    return answer.value as ReturnType<Functions[Name]>;
  }

  /** Starts the thread; otherwise the first call does. */
  start(): Thread {
    if (this.thread) return this.thread;
    // TypeScript keeps what it reads, so that a quarter of the usual room for new objects costs no time.
    const most = { maxYoungGenerationSizeMb: 12, ...this.limits };
    const { port1, port2: port } = new MessageChannel();
    const data: CompilerData = { imports: this.imports, port };
    const worker = startThread('compiler-thread.js', data, [port], most);
    worker.unref();
    const calls: Thread['calls'] = new PendingRequests(message => worker.postMessage(message));
    worker.on('message', ({ id, ...answer }: Answer & { id: number }) => calls.settle(id, answer));
    worker.on('exit', () => {
      if (this.thread?.worker === worker) this.thread = undefined;
      calls.settleAll(undefined);
    });
    // The next call says what went wrong; an error that nobody hears of would end the process.
    worker.on('error', () => {});
    for (const call of this.modules.values()) void calls.ask(call);
    for (const each of this.declared.modules.values()) {
      void calls.ask({ name: 'declare', args: [each] });
    }
    this.thread = { worker, calls };
    this.connect(port1);
    return this.thread;
  }

  /** Ends the thread, and drops what it has read ahead; the next call starts another one. */
  end(): void {
    this.prefetched.length = 0;
    void this.thread?.worker.terminate();
    this.thread = undefined;
  }
}
