/**
 * What passes between the front, which speaks Jupyter's protocol, and the thread that runs the cells. The
 * front is a process of an installed kernel, and the page in the browser.
 */

import type { Language } from 'digits/language';

/** A cell that is to run once those before it have, with what its request says of it. */
export interface Execute {
  readonly type: 'execute';
  readonly code: string;
  /** Counts all cells that were asked for. */
  readonly run: number;
  /** The cell's number, as in `[3]`; while it waits, that of the last cell of which the front has heard. */
  readonly count: number;
  /** No value is shown. */
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
}

/** A click or a drawn digit in the page, for the learner's record. */
export type Note = Message<'note', { event: object }>;

/** What the front asks at the cursor, and whether a cell is whole. */
export interface AtCursor {
  readonly type: 'complete' | 'inspect' | 'is_complete';
  readonly code: string;
  readonly cursor: number;
}

/** A MIME bundle for the notebook, in the form in which Jupyter shows it. */
export interface DisplayContent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

/** A message of a type, with what else is in it. */
export type Message<Type extends string, More = unknown> = { readonly type: Type } & Readonly<More>;

/** What the cells' thread says. */
export type FromCells =
  /** It can run cells. */
  | Message<'ready'>
  /** A cell runs from now on, with its number. */
  | Message<'begun', { run: number; count: number }>
  /** What a cell shows belongs to the run that has caused it, though another cell may run; undefined for the last one. */
  | Message<'stream', { name: StreamName; text: string; run?: number | undefined }>
  | Message<'display', { content: DisplayContent; update: boolean; run: number | undefined }>
  /** The value of a cell that ends with an expression. */
  | Message<'result', { content: DisplayContent }>
  /** It has heard an interrupt, so its thread is free. */
  | Message<'interrupting'>
  /** The language is that of what learners read, for what the front itself says. */
  | Message<'answer', { id: number; content: Answer; language?: Language }>
  /** The cell that runs waits for what its user types; in a browser by a request of this name. */
  | Message<'ask-user', { prompt: string; id?: string }>
  /** A cell can be read by TypeScript alone, which a browser may not have loaded. */
  | Message<'need-checker'>
  /** The cells have ended in order, by a cell or because they were told to. */
  | Message<'closed'>;

export type StreamName = 'stdout' | 'stderr';

/** The content of the reply that Jupyter's protocol asks for. */
export type Answer = Readonly<Record<string, unknown>>;

/** How a cell ended that failed. */
export type Failed = {
  readonly status: 'error';
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
};

/** What the user has typed whom a cell asks; or why nobody has. */
export type Typed =
  | Message<'input', { text: string }>
  | Message<'no-input', { why: 'interrupted' | 'unattended' | 'unheard' }>;

/** What one thread has asked of another, until it is answered. */
export class PendingRequests<Request, Reply> {
  private readonly asked = new Map<number, (reply: Reply) => void>();
  private count = 0;

  constructor(private readonly send: (message: Request & { readonly id: number }) => void) {}

  ask(request: Request): Promise<Reply> {
    const id = this.count++;
    return new Promise(resolve => {
      this.asked.set(id, resolve);
      this.send({ ...request, id });
    });
  }

  settle(id: number, reply: Reply): void {
    this.asked.get(id)?.(reply);
    this.asked.delete(id);
  }

  /** Answers all that was asked in the place of a thread that has ended. */
  settleAll(reply: Reply): void {
    for (const id of [...this.asked.keys()]) this.settle(id, reply);
  }
}
