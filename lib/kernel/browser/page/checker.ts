/** Loads and unloads the checker's worker in the page. */
import { type Answer, PendingRequests } from '../../cell/worker-messages';
import type { FromChecker, ToChecker } from '../protocol';

/** Milliseconds between the last cell and loading TypeScript, to avoid loading during "Run All". */
const LOAD_DELAY_MS = 3_000;

/** Milliseconds until an idle checker is unloaded, because it uses more memory than the cells. */
const IDLE_TIMEOUT_MS = 60_000;

export class PageChecker {
  private worker: Worker | undefined;
  private wasLoaded = false;
  private isBusy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly requests = new PendingRequests<ToChecker, Answer | undefined>(message =>
    this.worker?.postMessage(message),
  );
  private readonly disposed = new AbortController();

  /**
   * @param address URL of the worker's script
   * @param connect gives the cells a port to the checker, or removes the port
   * @param onReady requires checks for cells, before the first reply of the checker
   */
  constructor(
    private readonly address: string,
    private readonly connect: (port?: MessagePort) => void,
    private readonly onReady: () => void,
  ) {
    // After typing, a question or a cell is likely.
    document.addEventListener('input', () => this.load(), { signal: this.disposed.signal });
  }

  /** Set while cells run. A busy page neither loads nor unloads the checker, but reloads an unloaded checker. */
  set busy(isBusy: boolean) {
    this.isBusy = isBusy;
    if (isBusy && this.wasLoaded) this.load();
    this.restartTimer();
  }

  /** Asks the checker, and loads it if necessary. @returns `undefined` if loading fails. */
  async ask(question: ToChecker): Promise<Answer | undefined> {
    this.load();
    const reply = await this.requests.ask(question);
    this.restartTimer();
    return reply;
  }

  load(): void {
    this.restartTimer();
    if (this.worker) return;
    const worker = new Worker(this.address, { type: 'module' });
    this.worker = worker;
    // The next request retries.
    worker.onerror = () => this.unload();
    worker.onmessage = ({ data }: MessageEvent<FromChecker>) => {
      if (!this.wasLoaded) this.onReady();
      this.wasLoaded = true;
      if (data.type === 'reply') this.requests.settle(data.id, data.reply as Answer);
    };
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(port1, [port1]);
    this.connect(port2);
  }

  private restartTimer(): void {
    clearTimeout(this.timer);
    if (this.isBusy || this.disposed.signal.aborted) return;
    if (!this.wasLoaded) this.timer = setTimeout(() => this.load(), LOAD_DELAY_MS);
    else if (this.worker) this.timer = setTimeout(() => this.unload(), IDLE_TIMEOUT_MS);
  }

  /** Unloads the checker; the next use reloads the checker. */
  private unload(): void {
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.worker = undefined;
    this.connect();
    this.requests.settleAll(undefined);
  }

  /** Unloads the checker when the cell worker ends, because the names are lost. */
  reset(): void {
    this.unload();
    this.wasLoaded = false;
  }

  dispose(): void {
    this.disposed.abort();
  }
}
