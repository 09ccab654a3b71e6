/** Messages between the cell thread and the request handler: in the protocol server, or in the page. */

/** A queued cell, with the options of the request. */
export interface Execute {
  readonly type: 'execute';
  readonly code: string;
  /** Execution id: a counter of all cell requests. */
  readonly run: number;
  /** Execution count, as in `[3]`. While the cell is queued: the count of the most recently started cell. */
  readonly count: number;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
}

/** A click or a drawn digit in the page, for the learner's record. */
export type Note = Message<'note', { event: object }>;

/** A question about code: completion or inspection at the cursor, or completeness. */
export interface Question {
  readonly type: 'complete' | 'inspect' | 'is_complete';
  readonly code: string;
  readonly cursor: number;
}

/** A MIME bundle with metadata, as in Jupyter's `display_data`. */
export interface DisplayContent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

export type Message<Type extends string, Fields = unknown> = {
  readonly type: Type;
} & Readonly<Fields>;

export type FromCells =
  | Message<'ready'>
  | Message<'begun', { run: number; count: number }>
  /** Output with the execution that caused the output, or `undefined` for the last cell. */
  | Message<'stream', { name: StreamName; text: string; run?: number | undefined }>
  | Message<'display', { content: DisplayContent; update: boolean; run: number | undefined }>
  /** The value of a cell that ends with an expression. */
  | Message<'result', { content: DisplayContent }>
  /** The thread has received an interrupt, so the thread is not blocked. */
  | Message<'interrupting'>
  /** A cell has ended, or was aborted. */
  | Message<'answer', { run: number; content: Answer }>
  /** The running cell waits for user input. In a browser, `id` identifies the request. */
  | Message<'ask-user', { prompt: string; id?: string }>
  /** The cell needs TypeScript, but a browser may not have loaded TypeScript. */
  | Message<'need-checker'>
  /** The cells have ended normally, by `process.exit()` or on request. */
  | Message<'closed'>;

export type StreamName = 'stdout' | 'stderr';

export type Answer = Readonly<Record<string, unknown>>;

/** The error reply of a cell. */
export type Failed = {
  readonly status: 'error';
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
};

/** The user's input, or the reason for a missing input. */
export type Input =
  | Message<'input', { text: string }>
  | Message<'no-input', { why: 'interrupted' | 'unattended' | 'unheard' }>;

/** Requests between threads, until the reply. */
export class PendingRequests<Request, Reply> {
  private readonly pending = new Map<number, (reply: Reply) => void>();
  private count = 0;

  constructor(private readonly send: (message: Request & { readonly id: number }) => void) {}

  ask(request: Request): Promise<Reply> {
    const id = this.count++;
    return new Promise(resolve => {
      this.pending.set(id, resolve);
      this.send({ ...request, id });
    });
  }

  settle(id: number, reply: Reply): void {
    this.pending.get(id)?.(reply);
    this.pending.delete(id);
  }

  /** Resolves all pending requests after the other thread has ended. */
  settleAll(reply: Reply): void {
    for (const id of [...this.pending.keys()]) this.settle(id, reply);
  }
}
