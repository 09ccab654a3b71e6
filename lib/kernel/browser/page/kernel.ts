/** The kernel's side in the page: answers JupyterLite's requests through the worker. */
import { indexOf, kernelInfo, withCursors } from '../../jupyter';
import { page as en } from '../../messages/en';
import { page as zh } from '../../messages/zh';
import {
  type Answer,
  type Failed,
  type FromCells,
  PendingRequests,
  type Question,
  type ToCells,
} from '../../worker-messages';
import type { KernelOptions, LiteKernel, LiteServices, Reply } from './jupyter';

/** Milliseconds until a cell that does not hear an interrupt is ended with its worker. */
const PATIENCE = 2000;

/** What the kernel needs of the page. */
export interface Surroundings {
  readonly worker: string;
  isChinese(): boolean;
}

export interface Interruptible extends LiteKernel {
  interrupt(): void;
}

/** Makes the kernel's class, of JupyterLite's, which is there at run time only. */
export function kernelClass(
  { BaseKernel }: Pick<LiteServices, 'BaseKernel'>,
  { worker, isChinese }: Surroundings,
): new (
  options: KernelOptions,
) => Interruptible {
  const texts = () => (isChinese() ? zh : en);
  return class TypeScriptKernel extends BaseKernel implements Interruptible {
    /** Undefined if the worker could not be loaded: the next question tries again. */
    private connection: WorkerConnection | undefined = this.connect();
    private patience: ReturnType<typeof setTimeout> | undefined;

    get ready(): Promise<void> {
      return this.connected.ready;
    }

    private get connected(): WorkerConnection {
      this.connection ??= this.connect();
      return this.connection;
    }

    private connect(): WorkerConnection {
      return new WorkerConnection(
        worker,
        isChinese() ? 'zh' : 'en',
        said => this.hear(said),
        reason => this.end('KernelError', texts().notLoaded(reason)),
      );
    }

    private hear(said: Said): void {
      if (said.type === 'stream') this.stream({ name: said.name, text: said.text });
      else if (said.type === 'interrupting') clearTimeout(this.patience);
      else if (said.type === 'result')
        this.publishExecuteResult({ execution_count: this.executionCount, ...said.content });
      else if (said.update) this.updateDisplayData(said.content);
      else this.displayData(said.content);
    }

    async executeRequest({ code }: { code: string }): Promise<Reply> {
      const count = this.executionCount;
      const answer = await this.connected.ask({ type: 'execute', code, count });
      if (answer.status === 'error') {
        // What is published is saved in the notebook: no field more than its format has.
        const { ename, evalue, traceback } = answer as unknown as Failed;
        this.publishExecuteError({ ename, evalue, traceback });
      }
      return { execution_count: count, user_expressions: {}, ...answer };
    }

    interrupt(): void {
      clearTimeout(this.patience);
      // Even if no cell runs: training may go on that none waits for.
      this.connection?.interrupt();
      if (!this.connection?.isBusy) return;
      this.patience = setTimeout(() => {
        this.end('Interrupt', texts().restarted);
        this.connection = this.connect();
      }, PATIENCE);
    }

    /** Ends the worker, with all its variables. */
    private end(ename: string, evalue: string): void {
      clearTimeout(this.patience);
      const traceback = [`\x1b[31m${ename}\x1b[39m: ${evalue}`];
      const { connection } = this;
      this.connection = undefined;
      connection?.end({ status: 'error', ename, evalue, traceback });
    }

    async kernelInfoRequest(): Promise<Reply> {
      return kernelInfo(texts().banner);
    }

    async completeRequest({ code, cursor_pos }: AtCursor): Promise<Answer> {
      const cursor = indexOf(code, cursor_pos);
      const nothing = NOTHING_TO_COMPLETE(cursor);
      return withCursors(code, await this.askWhenFree({ type: 'complete', code, cursor }, nothing));
    }

    inspectRequest({ code, cursor_pos }: AtCursor): Promise<Answer> {
      const cursor = indexOf(code, cursor_pos);
      return this.askWhenFree({ type: 'inspect', code, cursor }, NOTHING_FOUND);
    }

    isCompleteRequest({ code }: { code: string }): Promise<Answer> {
      return this.askWhenFree({ type: 'is-complete', code }, { status: 'unknown' });
    }

    /** Asks what nobody wants to wait for: a worker that computes is given a second. */
    private askWhenFree(question: Question, otherwise: Answer): Promise<Answer> {
      const late = new Promise<Answer>(resolve => setTimeout(resolve, 1000, otherwise));
      return Promise.race([this.connected.ask(question), late]);
    }

    async commInfoRequest(): Promise<Reply> {
      return { status: 'ok', comms: {} };
    }

    inputReply(): void {}
    async commOpen(): Promise<void> {}
    async commMsg(): Promise<void> {}
    async commClose(): Promise<void> {}

    override dispose(): void {
      if (this.isDisposed) return;
      clearTimeout(this.patience);
      this.connection?.end({ status: 'aborted' });
      super.dispose();
    }
  };
}

/** What the worker says beside its answers. */
type Said = Exclude<FromCells, { type: 'ready' | 'answer' }>;

/** Connects a kernel to the worker that runs its cells. */
class WorkerConnection {
  private readonly worker: Worker;
  private readonly questions = new PendingRequests(message => this.send(message));

  /** Resolves once it can run cells, or cannot be loaded. */
  readonly ready: Promise<void>;

  /**
   * @param language of what the worker says, until a cell chooses another.
   * @param hear is told of all that is not an answer.
   * @param onFailure is called if the worker cannot be loaded.
   */
  constructor(
    address: string,
    language: 'zh' | 'en',
    private readonly hear: (said: Said) => void,
    onFailure: (reason: string) => void,
  ) {
    this.worker = new Worker(address, { type: 'module', name: language });
    this.ready = new Promise(resolve => {
      this.worker.addEventListener('error', event => {
        onFailure(event.message ?? '');
        resolve();
      });
      this.worker.addEventListener('message', ({ data }: MessageEvent<FromCells>) => {
        if (data.type === 'ready') resolve();
        else if (data.type === 'answer') this.questions.settle(data.id, data.content);
        else this.hear(data);
      });
    });
  }

  /** Whether an answer is awaited. */
  get isBusy(): boolean {
    return this.questions.areOpen;
  }

  ask(question: Question): Promise<Answer> {
    return this.questions.ask(question);
  }

  interrupt(): void {
    this.send({ type: 'interrupt' });
  }

  /** Ends the worker; what was asked is answered with this. */
  end(answer: Answer): void {
    this.worker.terminate();
    this.questions.settleAll(answer);
  }

  private send(message: ToCells): void {
    this.worker.postMessage(message);
  }
}

interface AtCursor {
  readonly code: string;
  readonly cursor_pos: number;
}

const NOTHING_TO_COMPLETE = (cursor: number): Answer => ({
  status: 'ok',
  matches: [],
  cursor_start: cursor,
  cursor_end: cursor,
  metadata: {},
});
const NOTHING_FOUND: Answer = { status: 'ok', found: false, data: {}, metadata: {} };
