/** The kernel's side in the page: answers JupyterLite's requests through the worker. */
import { indexOf, kernelInfo, withCursors } from '../../jupyter';
import { page as en, type PageMessages } from '../../messages/en';
import { page as zh } from '../../messages/zh';
import {
  type Answer,
  type Failed,
  PendingRequests,
  type Question,
  type Watch,
} from '../../worker-messages';
import type { FromBrowserCells, ToBrowserCells, ToChecker } from '../checker-messages';
import { PageChecker } from './checker';
import { TypedLine } from './typed';

/** What is used here of JupyterLite, whose packages JupyterLab shares with its extensions at run time. */
export interface LiteServices {
  readonly BaseKernel: new (options: KernelOptions) => LiteKernel;
  readonly IKernelSpecs: unknown;
  readonly IKernelClient: unknown;
}

/** A message of Jupyter's protocol. */
interface Message {
  readonly channel: string;
  readonly header: {
    readonly msg_id: string;
    readonly msg_type: string;
    readonly session: string;
  };
  readonly content: unknown;
}

export interface KernelOptions {
  readonly id: string;
  readonly name: string;
  sendMessage(message: object): void;
}

/** A kernel that answers the messages which it is handed, one after the other. */
interface LiteKernel {
  readonly id: string;
  readonly isDisposed: boolean;
  readonly executionCount: number;
  readonly parentHeader: object | undefined;
  handleMessage(message: Message): Promise<void>;
  stream(content: { name: string; text: string }, parent?: object): void;
  displayData(content: object, parent?: object): void;
  updateDisplayData(content: object, parent?: object): void;
  inputRequest(content: object, parent?: object): void;
  publishExecuteResult(content: object): void;
  publishExecuteError(content: Omit<Failed, 'status'>): void;
  dispose(): void;
}

/** The requests that JupyterLite passes on; it leaves all others without an answer. */
const PASSED_ON = /^(kernel_info|execute|inspect|is_complete|complete|history)_request$/;

/** The most cells whose requests are kept. */
const MOST_RAN = 1000;

/**
 * Until a cell that does not hear an interrupt is ended with its worker, 2 s: so many times so many milliseconds,
 * since a page that is busy with its outputs hears nothing itself.
 */
const [PATIENCE, PAUSE] = [20, 100];
/** So much of a time counts if the worker is still heard, of what it printed before. */
const HEARD = 0.2;

/** Milliseconds after which an answer comes too late: TypeScript may have to be loaded for it. */
const LATE = 5000;

type Check = Extract<FromBrowserCells, { type: 'check' }>;

export interface Interruptible extends LiteKernel {
  interrupt(): void;
}

interface Execute {
  readonly code: string;
  /** Whether its client can ask the user. */
  readonly allow_stdin?: boolean;
}

interface AtCursor {
  readonly code: string;
  readonly cursor_pos: number;
}

/**
 * Makes the kernel's class, of JupyterLite's, which is there at run time only.
 *
 * @param address of the worker's script.
 */
export function kernelClass(
  { BaseKernel }: Pick<LiteServices, 'BaseKernel'>,
  address: string,
  isChinese: () => boolean,
): new (
  options: KernelOptions,
) => Interruptible {
  const texts = () => (isChinese() ? zh : en);
  return class TypeScriptKernel extends BaseKernel implements Interruptible {
    private readonly questions = new PendingRequests<Question, Answer>(message =>
      this.tell(message),
    );
    /** Stands until the next interrupt. The first worker is told of it. */
    private address = '';
    /** Resolves once the worker can run cells, or cannot be loaded. */
    private loaded = Promise.resolve();
    /** Undefined if it could not be loaded: the next question tries again. */
    private worker: Worker | undefined = this.start();
    private canAsk = true;
    /** What the cell waits for, if it asks the user. */
    private line: TypedLine | undefined;
    private runs = 0;
    /** The requests of the cells that have run, by their runs: what they show may come later. */
    private readonly parents = new Map<number | undefined, object | undefined>();
    private isHeard = false;
    private patience: ReturnType<typeof setInterval> | undefined;
    private readonly checker = new PageChecker(new URL('checker.js', address).href);
    /** Resolves once the cells have run that were asked for. */
    private cells = Promise.resolve();
    /** How often the cells that waited were not to run any more. */
    private drops = 0;

    constructor(private readonly options: KernelOptions) {
      super(options);
    }

    /**
     * JupyterLite hands over a message once the one before it is done with. So a cell is done with here at once:
     * while it computes, all else is answered.
     */
    override async handleMessage(message: Message): Promise<void> {
      const { msg_type } = message.header;
      if (msg_type === 'execute_request') {
        const { drops } = this;
        const done = this.cells.then(() => {
          if (drops === this.drops) return super.handleMessage(message);
          this.send(message, 'shell', { status: 'aborted', execution_count: this.executionCount });
          this.send(message, 'iopub', { execution_state: 'idle' }, 'status');
          return undefined;
        });
        // One that goes wrong holds up none of those behind it.
        this.cells = done.catch(error => console.error(error));
        return;
      }
      await super.handleMessage(message);
      if (PASSED_ON.test(msg_type) || !msg_type.endsWith('_request')) return;
      const evalue = `Expected a request that this kernel knows, but received ${msg_type}`;
      const refused = { status: 'error', ename: 'TypeError', evalue, traceback: [] };
      const isKnown = msg_type === 'comm_info_request';
      this.send(message, message.channel, isKnown ? await this.commInfoRequest() : refused);
    }

    /** Sends what JupyterLite does not send by itself; defaults to the reply. */
    private send(
      { header }: Message,
      channel: string,
      content: object,
      msg_type = header.msg_type.replace(/request$/, 'reply'),
    ): void {
      this.options.sendMessage({
        channel,
        // Of a request that another client has made, something may be missing.
        header: { username: '', version: '5.3', ...header, msg_id: crypto.randomUUID(), msg_type },
        parent_header: header,
        metadata: {},
        content,
        buffers: [],
      });
    }

    get ready(): Promise<void> {
      this.worker ??= this.start();
      return this.loaded;
    }

    private start(): Worker {
      // Its name is the language of what it says, until a cell chooses another.
      const worker = new Worker(address, { type: 'module', name: isChinese() ? 'zh' : 'en' });
      this.loaded = new Promise(resolve => {
        worker.addEventListener('error', ({ message = '' }) => {
          this.end('KernelError', texts().notLoaded(message));
          resolve();
        });
        worker.addEventListener('message', ({ data }: MessageEvent<FromBrowserCells>) => {
          if (data.type === 'ready') resolve();
          else this.hear(data);
        });
      });
      worker.postMessage(this.watch());
      return worker;
    }

    /** Takes an address away, and makes another: a loop can ask for it, though no message reaches it. */
    private watch(): Watch {
      URL.revokeObjectURL(this.address);
      this.address = URL.createObjectURL(new Blob());
      return { type: 'watch', address: this.address };
    }

    private tell(message: ToBrowserCells | Watch): void {
      this.worker ??= this.start();
      this.worker.postMessage(message);
    }

    private hear(said: Exclude<FromBrowserCells, { type: 'ready' }>): void {
      this.isHeard = true;
      if (said.type === 'answer') this.questions.settle(said.id, said.content);
      else if (said.type === 'stream')
        this.stream({ name: said.name, text: said.text }, this.parents.get(said.run));
      else if (said.type === 'interrupting') clearInterval(this.patience);
      else if (said.type === 'check') void this.check(said);
      else if (said.type === 'ask-user') this.askUser(said.prompt, String(said.id));
      else if (said.type === 'closed') this.restart('exit');
      else if (said.type === 'result')
        this.publishExecuteResult({ execution_count: this.executionCount, ...said.content });
      else if (said.update) this.updateDisplayData(said.content, this.parents.get(said.run));
      else this.displayData(said.content, this.parents.get(said.run));
    }

    private async check({ id, code, isUnread }: Check): Promise<void> {
      const { worker } = this;
      const checked = await this.checker.check(code, isUnread);
      worker?.postMessage({ type: 'checked', id, checked } satisfies ToBrowserCells);
    }

    async executeRequest({ code, allow_stdin = true }: Execute): Promise<Answer> {
      const count = this.executionCount;
      this.canAsk = allow_stdin;
      const run = ++this.runs;
      this.parents.set(run, this.parentHeader);
      this.parents.delete(run - MOST_RAN);
      this.checker.pause();
      const answer = await this.questions.ask({ type: 'execute', code, count, run });
      this.checker.resume();
      if (answer.status === 'error') {
        this.drops++;
        // What is published is saved in the notebook: no field more than its format has.
        const { ename, evalue, traceback } = answer as Failed;
        this.publishExecuteError({ ename, evalue, traceback });
      }
      return { execution_count: count, user_expressions: {}, ...answer };
    }

    interrupt(): void {
      clearInterval(this.patience);
      this.drops++;
      // Even if no cell runs: training may go on that none waits for.
      if (this.worker) {
        this.tell({ type: 'interrupt' });
        this.tell(this.watch());
      }
      this.line?.type({ type: 'no-input', why: 'interrupted' });
      if (!this.questions.areOpen) return;
      let left = PATIENCE;
      this.patience = setInterval(() => {
        left -= this.isHeard ? HEARD : 1;
        this.isHeard = false;
        if (left > 0) return;
        this.end('Interrupt', texts().restarted);
        this.worker = this.start();
      }, PAUSE);
    }

    private askUser(prompt: string, id: string): void {
      this.line?.close();
      this.line = new TypedLine(id);
      if (this.canAsk && this.questions.areOpen) this.inputRequest({ prompt, password: false });
      else this.line.type({ type: 'no-input', why: 'unattended' });
    }

    inputReply({ value }: { value: string }): void {
      this.line?.type({ type: 'input', text: value });
    }

    /** Goes on with a new worker in place of one that has ended, and says what is lost. */
    private restart(how: keyof PageMessages['ended']): void {
      const text = texts().ended[how];
      if (!this.questions.areOpen) this.stream({ name: 'stderr', text: `${text}\n` });
      this.end('KernelEnded', text);
      this.worker = this.start();
    }

    private end(ename: string, evalue: string): void {
      const traceback = [`\x1b[31m${ename}\x1b[39m: ${evalue}`];
      this.leave({ status: 'error', ename, evalue, traceback });
    }

    /** @param answer what was asked is answered with. */
    private leave(answer: Answer): void {
      clearInterval(this.patience);
      this.drops++;
      this.line?.close();
      this.line = undefined;
      this.worker?.terminate();
      this.worker = undefined;
      this.checker.forget();
      this.questions.settleAll(answer);
    }

    async kernelInfoRequest(): Promise<Answer> {
      return kernelInfo(texts().banner);
    }

    async completeRequest({ code, cursor_pos }: AtCursor): Promise<Answer> {
      const cursor = indexOf(code, cursor_pos);
      const nothing = {
        ...{ status: 'ok', matches: [], metadata: {} },
        ...{ cursor_start: cursor, cursor_end: cursor },
      };
      return withCursors(code, await this.askChecker({ type: 'complete', code, cursor }, nothing));
    }

    inspectRequest({ code, cursor_pos }: AtCursor): Promise<Answer> {
      const cursor = indexOf(code, cursor_pos);
      const nothing = { status: 'ok', found: false, data: {}, metadata: {} };
      return this.askChecker({ type: 'inspect', code, cursor }, nothing);
    }

    isCompleteRequest({ code }: { code: string }): Promise<Answer> {
      return this.askChecker({ type: 'is-complete', code }, { status: 'unknown' });
    }

    /** Asks what nobody wants to wait for long. */
    private async askChecker(question: ToChecker, otherwise: Answer): Promise<Answer> {
      const late = new Promise<Answer>(resolve => setTimeout(resolve, LATE, otherwise));
      return (await Promise.race([this.checker.ask<Answer>(question), late])) ?? otherwise;
    }

    async commInfoRequest(): Promise<Answer> {
      return { status: 'ok', comms: {} };
    }

    async commOpen(): Promise<void> {}
    async commMsg(): Promise<void> {}
    async commClose(): Promise<void> {}

    override dispose(): void {
      if (this.isDisposed) return;
      this.leave({ status: 'aborted' });
      this.checker.dispose();
      super.dispose();
    }
  };
}
