/** The kernel's side in the page: answers JupyterLite's requests by the workers of the cells and of TypeScript. */

import { kernelInfo, type Request } from '../../jupyter';
import { page as en } from '../../messages/en';
import { page as zh } from '../../messages/zh';
import { failure, RequestHandler } from '../../request-handler';
import type { FromCells, InputReply } from '../../worker-messages';
import type { ToBrowserCells } from '../protocol';
import { PageChecker } from './checker';

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

/**
 * Makes the kernel's class, of JupyterLite's, which is there at run time only.
 *
 * @param address of the worker's script.
 */
export function kernelClass(
  BaseKernel: new (options: KernelOptions) => { dispose(): void },
  address: string,
  isChinese: () => boolean,
) {
  const texts = () => (isChinese() ? zh : en);
  return class TypeScriptKernel extends BaseKernel {
    /** Stands until the next interrupt. */
    private address = '';
    /** Resolves once the worker can run cells, or cannot be loaded. */
    private loaded = Promise.resolve();
    /** Undefined if it could not be loaded: the next cell tries again. */
    private worker: Worker | undefined = this.start();
    /** What a cell asks its user for waits at JupyterLite's service worker, as of other kernels, by this name. */
    private request: string | undefined;
    private typed: InputReply | undefined;
    private readonly channel = new BroadcastChannel('/sw-api.v1');
    private isHeard = false;
    private patience: ReturnType<typeof setInterval> | undefined;
    private readonly checker = new PageChecker(
      new URL('checker.js', address).href,
      port => this.tell({ type: 'checker', port }, port ? [port] : []),
      () => this.tell({ type: 'checker-there' }),
    );
    private readonly front = new RequestHandler<Request>({
      send: (msg_type, content, parent, channel = 'iopub') =>
        this.options.sendMessage({
          channel,
          // Of a request that another client has made, something may be missing.
          header: {
            ...{ username: '', session: '', version: '5.3', ...parent?.header },
            // Not by `crypto.randomUUID`, which is there on https alone.
            ...{ date: new Date().toISOString(), msg_id: `${Math.random()}`, msg_type },
          },
          parent_header: parent?.header ?? {},
          metadata: {},
          content,
          buffers: [],
        }),
      sendToCells: message => this.tell(message),
      askCompiler: question => this.checker.ask(question),
      sendInput: typed => this.type(typed),
      handlers: { kernel_info: () => kernelInfo(texts().banner) },
    });

    constructor(private readonly options: KernelOptions) {
      super(options);
      // A service worker may be ended meanwhile: then the worker asks again.
      this.channel.onmessage = ({ data: { browsingContextId, response } }) => {
        if (browsingContextId === this.request && response === undefined) this.type(this.typed);
      };
    }

    /** JupyterLite hands over a message once the one before it is done with; a cell is only passed on. */
    handleMessage(message: Request): Promise<void> {
      return this.front.handleRequest(message);
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
        worker.addEventListener('message', ({ data }: MessageEvent<FromCells>) => {
          if (data.type === 'ready') resolve();
          else this.hear(data);
        });
      });
      this.watch(worker);
      return worker;
    }

    /** Takes the address away, and makes another: a loop can ask for it, though no message reaches it. */
    private watch(worker: Worker): void {
      URL.revokeObjectURL(this.address);
      this.address = URL.createObjectURL(new Blob());
      worker.postMessage({ type: 'interrupt', address: this.address } satisfies ToBrowserCells);
    }

    /** Hands over what the user has typed. */
    private type(typed: InputReply | undefined): void {
      this.typed = typed;
      const { request: id } = this;
      if (typed)
        this.channel.postMessage({ browsingContextId: id, requestId: id, response: typed });
    }

    private tell(message: ToBrowserCells, ports: Transferable[] = []): void {
      if (message.type === 'execute') {
        this.worker ??= this.start();
        this.checker.busy = true;
      }
      this.worker?.postMessage(message, ports);
    }

    private hear(said: FromCells): void {
      this.isHeard = true;
      if (said.type === 'interrupting') clearInterval(this.patience);
      else if (said.type === 'need-checker') this.checker.load();
      else if (said.type === 'closed') this.restart('KernelEnded', texts().ended.exit);
      else if (said.type === 'ask-user') {
        this.request = said.id;
        this.typed = undefined;
      }
      this.front.handleCellMessage(said);
      if (said.type === 'answer') this.checker.busy = this.front.isBusy;
    }

    interrupt(): void {
      clearInterval(this.patience);
      // Even if no cell runs: training may go on that none waits for.
      if (this.worker) this.watch(this.worker);
      this.front.sendInput({ type: 'no-input', why: 'interrupted' });
      if (!this.front.isBusy) return;
      let left = PATIENCE;
      this.patience = setInterval(() => {
        left -= this.isHeard ? HEARD : 1;
        this.isHeard = false;
        if (left <= 0) this.restart('Interrupt', texts().restarted);
      }, PAUSE);
    }

    private restart(ename: string, evalue: string): void {
      this.end(ename, evalue);
      this.worker = this.start();
    }

    /** Ends the worker: the cell that runs fails, if there is an error, and those behind it do not run. */
    private end(ename?: string, evalue = ''): void {
      clearInterval(this.patience);
      this.request = undefined;
      this.worker?.terminate();
      this.worker = undefined;
      this.checker.forget();
      this.front.abortAll(ename ? failure(ename, evalue) : undefined);
      this.checker.busy = false;
    }

    override dispose(): void {
      this.end();
      this.checker.dispose();
      this.channel.close();
      super.dispose();
    }
  };
}
