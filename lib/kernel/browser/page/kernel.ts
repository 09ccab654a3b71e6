/** The page's side of the browser kernel: answers JupyterLite's requests with the workers for cells and TypeScript. */

import { kernelInfo, type Request } from '../../cell/jupyter';
import { failure, RequestHandler } from '../../cell/request-handler';
import type { FromCells, Input } from '../../cell/worker-messages';
import { page as en } from '../../messages/en';
import { page as zh } from '../../messages/zh';
import type { ToBrowserCells } from '../protocol';
import { PageChecker } from './checker';

export interface KernelOptions {
  sendMessage(message: object): void;
}

/**
 * Ticks and milliseconds per tick until an interrupted cell is terminated with the worker. Ticks are counted,
 * because rendering delays the page's timers and messages.
 */
const [MAX_TICKS, TICK_MS] = [20, 100];
/** Weight of a tick in which the worker has sent messages. */
const ACTIVE_TICK = 0.2;

/**
 * Creates the kernel's class. JupyterLite provides the base class at run time.
 *
 * @param address URL of the worker's script.
 */
export function kernelClass(
  BaseKernel: new (options: KernelOptions) => { dispose(): void },
  address: string,
  isChinese: () => boolean,
) {
  const texts = () => (isChinese() ? zh : en);
  return class TypeScriptKernel extends BaseKernel {
    /** An object URL, revoked at the next interrupt. */
    private address = '';
    /** Resolves when the worker is ready or has failed to load. */
    private startup = Promise.resolve();
    /** `undefined` if loading failed; the next cell retries. */
    private worker: Worker | undefined = this.start();
    /** Id of the input request that waits in JupyterLite's service worker. */
    private inputId: string | undefined;
    private input: Input | undefined;
    private readonly channel = new BroadcastChannel('/sw-api.v1');
    private isActive = false;
    private interruptTimer: ReturnType<typeof setInterval> | undefined;
    private readonly checker = new PageChecker(
      new URL('checker.js', address).href,
      port => this.post({ type: 'checker', port }, port ? [port] : []),
      () => this.post({ type: 'checker-there' }),
    );
    private readonly requestHandler = new RequestHandler<Request>({
      send: (msg_type, content, parent, channel = 'iopub') =>
        this.options.sendMessage({
          channel,
          // Fill in header fields, because another client's request may lack some.
          header: {
            ...{ username: '', session: '', version: '5.3', ...parent?.header },
            // `crypto.randomUUID` exists only on https.
            ...{ date: new Date().toISOString(), msg_id: `${Math.random()}`, msg_type },
          },
          parent_header: parent?.header ?? {},
          metadata: {},
          content,
          buffers: [],
        }),
      sendToCells: message => this.post(message),
      askCompiler: question => this.checker.ask(question),
      sendInput: input => this.sendInput(input),
      handlers: { kernel_info: () => kernelInfo(texts().banner) },
    });

    constructor(private readonly options: KernelOptions) {
      super(options);
      // After a restart of the service worker, the cell worker repeats the request.
      this.channel.onmessage = ({ data: { browsingContextId, response } }) => {
        if (browsingContextId === this.inputId && response === undefined)
          this.sendInput(this.input);
      };
    }

    /** JupyterLite awaits each message before the next message. A cell's promise resolves when the cell is queued. */
    handleMessage(message: Request): Promise<void> {
      return this.requestHandler.handleRequest(message);
    }

    get ready(): Promise<void> {
      this.worker ??= this.start();
      return this.startup;
    }

    private start(): Worker {
      // The worker's name contains the initial language of messages.
      const worker = new Worker(address, { type: 'module', name: isChinese() ? 'zh' : 'en' });
      this.startup = new Promise(resolve => {
        worker.addEventListener('error', ({ message = '' }) => {
          this.terminate('KernelError', texts().notLoaded(message));
          resolve();
        });
        worker.addEventListener('message', ({ data }: MessageEvent<FromCells>) => {
          if (data.type === 'ready') resolve();
          else this.handleWorkerMessage(data);
        });
      });
      this.renewAddress(worker);
      return worker;
    }

    /** Revokes the URL and creates a new one. A busy loop polls the URL, because no message arrives. */
    private renewAddress(worker: Worker): void {
      URL.revokeObjectURL(this.address);
      this.address = URL.createObjectURL(new Blob());
      worker.postMessage({ type: 'interrupt', address: this.address } satisfies ToBrowserCells);
    }

    private sendInput(input: Input | undefined): void {
      this.input = input;
      const { inputId: id } = this;
      if (input)
        this.channel.postMessage({ browsingContextId: id, requestId: id, response: input });
    }

    private post(message: ToBrowserCells, ports: Transferable[] = []): void {
      if (message.type === 'execute') {
        this.worker ??= this.start();
        this.checker.busy = true;
      }
      this.worker?.postMessage(message, ports);
    }

    private handleWorkerMessage(message: FromCells): void {
      this.isActive = true;
      if (message.type === 'interrupting') clearInterval(this.interruptTimer);
      else if (message.type === 'need-checker') this.checker.load();
      else if (message.type === 'closed') this.restart('KernelEnded', texts().ended.exit);
      else if (message.type === 'ask-user') {
        this.inputId = message.id;
        this.input = undefined;
      }
      this.requestHandler.handleCellMessage(message);
      if (message.type === 'answer') this.checker.busy = this.requestHandler.isBusy;
    }

    interrupt(): void {
      clearInterval(this.interruptTimer);
      // Also without a running cell: training may continue in the background.
      if (this.worker) this.renewAddress(this.worker);
      this.requestHandler.sendInput({ type: 'no-input', why: 'interrupted' });
      if (!this.requestHandler.isBusy) return;
      let ticksLeft = MAX_TICKS;
      this.interruptTimer = setInterval(() => {
        ticksLeft -= this.isActive ? ACTIVE_TICK : 1;
        this.isActive = false;
        if (ticksLeft <= 0) this.restart('Interrupt', texts().restarted);
      }, TICK_MS);
    }

    private restart(ename: string, evalue: string): void {
      this.terminate(ename, evalue);
      this.worker = this.start();
    }

    /** Ends the worker. The running cell fails, if there is an error, and queued cells are aborted. */
    private terminate(ename?: string, evalue = ''): void {
      clearInterval(this.interruptTimer);
      this.inputId = undefined;
      this.worker?.terminate();
      this.worker = undefined;
      this.checker.reset();
      this.requestHandler.abortAll(ename ? failure(ename, evalue) : undefined);
      this.checker.busy = false;
    }

    override dispose(): void {
      this.terminate();
      this.checker.dispose();
      this.channel.close();
      super.dispose();
    }
  };
}
