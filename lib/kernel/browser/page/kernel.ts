/** The kernel's side in the page: answers JupyterLite's requests by the workers of the cells and of TypeScript. */

import { indexOf, kernelInfo, withCursors } from '../../jupyter';
import { page as en } from '../../messages/en';
import { page as zh } from '../../messages/zh';
import { type Answer, type AtCursor, type Failed, MOST_RAN } from '../../worker-messages';
import type { FromBrowserCells, ToBrowserCells } from '../protocol';
import { PageChecker } from './checker';
import { TypedLine } from './typed';

/** What is used here of JupyterLite's kernel. */
interface LiteKernel {
  readonly isDisposed: boolean;
  dispose(): void;
}

/** A message of Jupyter's protocol. */
export interface Message {
  readonly channel: string;
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  /** Of these each request has those that it needs. */
  readonly content: {
    readonly code: string;
    readonly cursor_pos: number;
    /** Whether its client can ask the user. */
    readonly allow_stdin?: boolean;
    readonly store_history?: boolean;
    /** What the user has typed. */
    readonly value: string;
  };
}

export interface KernelOptions {
  sendMessage(message: object): void;
}

/**
 * Until a cell that does not hear an interrupt is ended with its worker, 2 s: so many times so many milliseconds,
 * since a page that is busy with its outputs hears nothing itself.
 */
const [PATIENCE, PAUSE] = [20, 100];
/** So much of a time counts if the worker is still heard, of what it printed before. */
const HEARD = 0.2;

/** Milliseconds after which an answer comes too late: TypeScript may have to be loaded for it. */
const LATE = 5000;

/** What is answered if TypeScript does not. */
const NOTHING: Readonly<Record<string, Answer>> = {
  complete: { status: 'ok', matches: [], metadata: {} },
  inspect: { status: 'ok', found: false, data: {}, metadata: {} },
  'is-complete': { status: 'unknown' },
};

/**
 * Makes the kernel's class, of JupyterLite's, which is there at run time only.
 *
 * @param address of the worker's script.
 */
export function kernelClass(
  BaseKernel: new (options: KernelOptions) => LiteKernel,
  address: string,
  isChinese: () => boolean,
) {
  const texts = () => (isChinese() ? zh : en);
  return class TypeScriptKernel extends BaseKernel {
    /** Stands until the next interrupt. */
    private address = '';
    /** How many errors and interrupts there were, as the worker counts them, too. */
    private drops = 0;
    /** Resolves once the worker can run cells, or cannot be loaded. */
    private loaded = Promise.resolve();
    /** Undefined if it could not be loaded: the next cell tries again. */
    private worker: Worker | undefined = this.start();
    /** What the cell waits for, if it asks the user. */
    private line: TypedLine | undefined;
    private runs = 0;
    /** The requests of the cells by their runs, also of those that have run: what they show may come later. */
    private readonly cells = new Map<number | undefined, Message>();
    /** The runs that have no answer yet. */
    private readonly waiting = new Set<number>();
    /** The request of the cell that was begun last, and its number. */
    private last: Message | undefined;
    private count = 0;
    private readonly history: unknown[] = [];
    private isHeard = false;
    private patience: ReturnType<typeof setInterval> | undefined;
    private readonly checker = new PageChecker(new URL('checker.js', address).href, port =>
      this.tell({ type: 'checker', port }, port ? [port] : []),
    );

    constructor(private readonly options: KernelOptions) {
      super(options);
    }

    /**
     * JupyterLite hands over a message once the one before it is done with. So a cell is only passed on to
     * the worker, which runs one after the other: while they compute, all else is answered.
     */
    async handleMessage(message: Message): Promise<void> {
      const { msg_type } = message.header;
      if (msg_type === 'execute_request') this.pass(message);
      else if (msg_type === 'input_reply') {
        this.line?.type({ type: 'input', text: message.content.value });
      } else {
        this.send(message, 'status', { execution_state: 'busy' });
        if (msg_type.endsWith('_request')) this.reply(message, await this.answer(message));
        else this.send(message, 'status', { execution_state: 'idle' });
      }
    }

    private pass(message: Message): void {
      const { code, store_history: isCounted = true } = message.content;
      const run = ++this.runs;
      this.cells.set(run, message);
      this.waiting.add(run);
      this.worker ??= this.start();
      this.checker.busy = true;
      const { count, drops } = this;
      this.tell({ type: 'execute', code, run, count, isCounted, drops });
    }

    private send(
      parent: Message | undefined,
      msg_type: string,
      content: object,
      channel = 'iopub',
    ) {
      this.options.sendMessage({
        channel,
        // Of a request that another client has made, something may be missing.
        header: {
          ...{ username: '', session: '', version: '5.3', ...parent?.header },
          ...{ date: new Date().toISOString(), msg_id: crypto.randomUUID(), msg_type },
        },
        parent_header: parent?.header ?? {},
        metadata: {},
        content,
        buffers: [],
      });
    }

    private reply(message: Message, content: object): void {
      const { header, channel } = message;
      this.send(message, header.msg_type.replace(/request$/, 'reply'), content, channel);
      this.send(message, 'status', { execution_state: 'idle' });
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
      this.drops = 0;
      this.watch(worker);
      return worker;
    }

    /** Takes the address away, and makes another: a loop can ask for it, though no message reaches it. */
    private watch(worker: Worker): void {
      URL.revokeObjectURL(this.address);
      this.address = URL.createObjectURL(new Blob());
      this.drops++;
      worker.postMessage({ type: 'interrupt', address: this.address } satisfies ToBrowserCells);
    }

    private tell(message: ToBrowserCells, ports: Transferable[] = []): void {
      this.worker?.postMessage(message, ports);
    }

    private hear(said: Exclude<FromBrowserCells, { type: 'ready' }>): void {
      this.isHeard = true;
      const parent = ('run' in said && this.cells.get(said.run)) || this.last;
      if (said.type === 'begun') this.begin(said.run, said.count);
      else if (said.type === 'answer') this.finish(said.id, said.content);
      else if (said.type === 'stream')
        this.send(parent, 'stream', { name: said.name, text: said.text });
      else if (said.type === 'interrupting') clearInterval(this.patience);
      else if (said.type === 'need-checker') this.checker.load();
      else if (said.type === 'ask-user') this.askUser(said.prompt, String(said.id));
      else if (said.type === 'closed') {
        const text = texts().ended.exit;
        if (this.waiting.size === 0)
          this.send(parent, 'stream', { name: 'stderr', text: `${text}\n` });
        this.end('KernelEnded', text);
        this.worker = this.start();
      } else if (said.type === 'result')
        this.send(parent, 'execute_result', { execution_count: this.count, ...said.content });
      else this.send(parent, said.update ? 'update_display_data' : 'display_data', said.content);
    }

    private begin(run: number, execution_count: number): void {
      this.last = this.cells.get(run) as Message;
      const { code, store_history } = this.last.content;
      this.count = execution_count;
      if (store_history) this.history.push([0, execution_count, code]);
      this.send(this.last, 'status', { execution_state: 'busy' });
      this.send(this.last, 'execute_input', { code, execution_count });
    }

    private finish(run: number, answer: Answer): void {
      const message = this.cells.get(run) as Message;
      this.waiting.delete(run);
      this.cells.delete(run - MOST_RAN);
      if (answer.status === 'error') {
        this.drops++;
        // What is published is saved in the notebook: no field more than its format has.
        const { ename, evalue, traceback } = answer as Failed;
        this.send(message, 'error', { ename, evalue, traceback });
      }
      this.reply(message, { execution_count: this.count, user_expressions: {}, ...answer });
      this.checker.busy = this.waiting.size > 0;
    }

    interrupt(): void {
      clearInterval(this.patience);
      // Even if no cell runs: training may go on that none waits for.
      if (this.worker) this.watch(this.worker);
      this.line?.type({ type: 'no-input', why: 'interrupted' });
      if (this.waiting.size === 0) return;
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
      if (this.waiting.size > 0 && this.last?.content.allow_stdin !== false) {
        this.send(this.last, 'input_request', { prompt, password: false }, 'stdin');
      } else this.line.type({ type: 'no-input', why: 'unattended' });
    }

    /** Ends the worker: the cell that runs fails, if there is an error, and those behind it do not run. */
    private end(ename?: string, evalue?: string): void {
      clearInterval(this.patience);
      this.line?.close();
      this.line = undefined;
      this.worker?.terminate();
      this.worker = undefined;
      this.checker.forget();
      const traceback = [`\x1b[31m${ename}\x1b[39m: ${evalue}`];
      let answer = ename ? { status: 'error', ename, evalue, traceback } : { status: 'aborted' };
      for (const run of [...this.waiting]) {
        this.finish(run, answer);
        answer = { status: 'aborted' };
      }
    }

    private async answer({ header, content }: Message): Promise<Answer> {
      const { code = '', cursor_pos = 0 } = content;
      const type = header.msg_type.replace(/_request$/, '').replace('_', '-');
      const nothing = NOTHING[type];
      if (nothing) {
        const cursor = indexOf(code, cursor_pos);
        const late = new Promise<undefined>(resolve => setTimeout(resolve, LATE));
        const found = this.checker.ask({ type, code, cursor } as AtCursor);
        const reply = (await Promise.race([found, late])) ?? nothing;
        if (type !== 'complete') return reply;
        return withCursors(code, { cursor_start: cursor, cursor_end: cursor, ...reply });
      }
      if (type === 'kernel-info') return kernelInfo(texts().banner);
      if (type === 'history') return { status: 'ok', history: this.history };
      if (type === 'comm-info') return { status: 'ok', comms: {} };
      const evalue = `Expected a request that this kernel knows, but received ${header.msg_type}`;
      return { status: 'error', ename: 'TypeError', evalue, traceback: [] };
    }

    override dispose(): void {
      if (this.isDisposed) return;
      this.end();
      this.checker.dispose();
      super.dispose();
    }
  };
}
