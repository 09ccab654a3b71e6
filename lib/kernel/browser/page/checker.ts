/** The checker, as the page has it: its worker is there while it is needed. */
import { type Answer, PendingRequests } from '../../worker-messages';
import type { FromChecker, ToChecker } from '../protocol';

/** Milliseconds after the last cell until TypeScript is loaded: not between the cells of "Run All". */
const QUIET = 3_000;

/** Milliseconds until a checker that nobody asks is ended, whose memory is more than that of the cells. */
const IDLE = 60_000;

export class PageChecker {
  private worker: Worker | undefined;
  private wasThere = false;
  private isBusy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly requests = new PendingRequests<ToChecker, Answer | undefined>(message =>
    this.worker?.postMessage(message),
  );
  private readonly disposed = new AbortController();

  /**
   * @param address of the worker's script.
   * @param connect gives the cells a line to it, or takes it away.
   * @param isThere tells the cells that it is there from now on, before its first answer: the next cell is checked.
   */
  constructor(
    private readonly address: string,
    private readonly connect: (port?: MessagePort) => void,
    private readonly isThere: () => void,
  ) {
    // Whoever types is about to ask, or to run a cell.
    document.addEventListener('input', () => this.load(), { signal: this.disposed.signal });
  }

  /** Tells whether cells run: meanwhile it is neither loaded by itself, nor ended, but comes back if it was there. */
  set busy(isBusy: boolean) {
    this.isBusy = isBusy;
    if (isBusy && this.wasThere) this.load();
    this.rest();
  }

  /** Asks it, and loads it for that. @returns undefined if it cannot be loaded. */
  async ask(question: ToChecker): Promise<Answer | undefined> {
    this.load();
    const reply = await this.requests.ask(question);
    this.rest();
    return reply;
  }

  load(): void {
    this.rest();
    if (this.worker) return;
    const worker = new Worker(this.address, { type: 'module' });
    this.worker = worker;
    // Whoever asks next tries again.
    worker.onerror = () => this.end();
    worker.onmessage = ({ data }: MessageEvent<FromChecker>) => {
      if (!this.wasThere) this.isThere();
      this.wasThere = true;
      if (data.type === 'reply') this.requests.settle(data.id, data.reply as Answer);
    };
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(port1, [port1]);
    this.connect(port2);
  }

  private rest(): void {
    clearTimeout(this.timer);
    if (this.isBusy || this.disposed.signal.aborted) return;
    if (!this.wasThere) this.timer = setTimeout(() => this.load(), QUIET);
    else if (this.worker) this.timer = setTimeout(() => this.end(), IDLE);
  }

  /** Ends it; it is loaded anew when it is needed. */
  private end(): void {
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.worker = undefined;
    this.connect();
    this.requests.settleAll(undefined);
  }

  /** Ends it with the cells, whose names are gone. */
  forget(): void {
    this.end();
    this.wasThere = false;
  }

  dispose(): void {
    this.disposed.abort();
  }
}
