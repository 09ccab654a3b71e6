/** The checker, as the page has it: its worker is there while it is needed, and knows what the cells declare. */
import { PendingRequests } from '../../worker-messages';
import type { Checked, CheckerReply, Earlier, ToChecker } from '../checker-messages';

/** Milliseconds after a cell until TypeScript is loaded: not between the cells of "Run All". */
const QUIET = 3_000;

/** Milliseconds until a checker that nobody asks is ended, whose memory is more than that of the cells. */
const IDLE = 60_000;

/** Milliseconds that a cell waits for a checker that was there before: it is kept, and starts in about one second. */
const PATIENCE = 2_000;

export class PageChecker {
  private worker: Worker | undefined;
  /** Resolves to whether it can be asked. */
  private loading: Promise<boolean> | undefined;
  private loaded: (isThere: boolean) => void = () => {};
  private wasThere = false;
  private rest: ReturnType<typeof setTimeout> | undefined;
  /** What the cells declare, by what tells them apart, in the order in which they ran last. */
  private readonly cells = new Map<string, Earlier>();
  /** Those that the worker has not been told of. */
  private untold: Earlier[] = [];
  private readonly requests = new PendingRequests<ToChecker, CheckerReply | undefined>(message =>
    this.worker?.postMessage(message),
  );

  private readonly disposed = new AbortController();

  /** @param address of the worker's script. */
  constructor(private readonly address: string) {
    // Whoever types is about to ask, or to run a cell.
    const wake = () => this.load().then(() => this.resume());
    document.addEventListener('input', wake, { signal: this.disposed.signal });
  }

  /** Puts off what is to be done while nothing computes. */
  pause(): void {
    clearTimeout(this.rest);
  }

  /** Loads it if nothing computes for a while, or ends it if nobody asks it for long. */
  resume(): void {
    clearTimeout(this.rest);
    if (this.disposed.signal.aborted) return;
    if (!this.wasThere) this.rest = setTimeout(() => this.load(), QUIET);
    else if (this.worker) this.rest = setTimeout(() => this.end(), IDLE);
  }

  /**
   * Checks a cell that is to run.
   *
   * @param isUnread whether it cannot run without TypeScript, however long that takes to come.
   * @returns undefined if it cannot be checked now; it is told to the checker once that is there.
   */
  async check(code: string, isUnread: boolean): Promise<Checked | undefined> {
    const patience = new Promise<false>(resolve => setTimeout(resolve, PATIENCE, false));
    const isThere = isUnread
      ? await this.load()
      : this.wasThere && (await Promise.race([this.load(), patience]));
    const checked = isThere
      ? await this.request<Checked>({ type: 'check', code, isUnread })
      : undefined;
    if (checked?.declaration) this.remember(checked.declaration);
    else if (!checked) {
      this.remember({ code });
      this.untold.push({ code });
    }
    return checked;
  }

  /** Asks it, and loads it for that. @returns undefined if it cannot be loaded. */
  async ask<Reply>(question: ToChecker): Promise<Reply | undefined> {
    return (await this.load()) ? this.request(question) : undefined;
  }

  /** Ends it; it is loaded anew when it is needed. */
  end(): void {
    clearTimeout(this.rest);
    this.worker?.terminate();
    this.worker = undefined;
    this.loading = undefined;
    this.loaded(false);
    this.requests.settleAll(undefined);
  }

  /** Ends it, and forgets the cells, whose names are gone. */
  forget(): void {
    this.end();
    this.cells.clear();
  }

  dispose(): void {
    this.disposed.abort();
    this.forget();
  }

  private async request<Reply>(question: ToChecker): Promise<Reply | undefined> {
    if (!this.worker) return undefined;
    this.pause();
    const reply = await this.requests.ask(question);
    this.resume();
    return reply as Reply | undefined;
  }

  private load(): Promise<boolean> {
    this.loading ??= new Promise<boolean>(resolve => {
      const worker = new Worker(this.address, { type: 'module' });
      this.worker = worker;
      this.loaded = resolve;
      // Whoever asks next tries again.
      worker.addEventListener('error', () => this.end());
      worker.addEventListener('message', ({ data }) => {
        if (data.type === 'ready') resolve(this.tell());
        else this.requests.settle(data.id, data.reply);
      });
    });
    return this.loading;
  }

  /** Tells it of the cells that have run, also meanwhile. */
  private async tell(): Promise<boolean> {
    this.untold = [...this.cells.values()];
    while (this.untold.length > 0) {
      const told = this.untold;
      this.untold = [];
      const learned = (await this.request<Earlier[]>({ type: 'earlier', cells: told })) ?? [];
      for (const [i, cell] of learned.entries()) {
        const before = told[i] as Earlier;
        this.cells.delete(keyOf(before));
        this.remember(cell);
      }
    }
    this.wasThere = true;
    return true;
  }

  private remember(cell: Earlier): void {
    const key = keyOf(cell);
    this.cells.delete(key);
    this.cells.set(key, cell);
  }
}

const keyOf = (cell: Earlier): string => ('code' in cell ? cell.code : cell.id);
