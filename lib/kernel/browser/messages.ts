/** What passes between the page, which speaks Jupyter's protocol, and the worker, which runs the cells. */

/** What the page asks; each question has one answer. */
export type Question =
  | { readonly type: 'execute'; readonly code: string; readonly count: number }
  | { readonly type: 'complete'; readonly code: string; readonly cursor: number }
  | { readonly type: 'inspect'; readonly code: string; readonly cursor: number }
  | { readonly type: 'is-complete'; readonly code: string };

/** What the worker hears: a question with its number, or an interrupt of the cell that runs. */
export type ToWorker = (Question & { readonly id: number }) | { readonly type: 'interrupt' };

/** A MIME bundle for the notebook, in the form in which Jupyter shows it. */
export interface DisplayContent {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly transient?: { readonly display_id: string };
}

/** What the worker says. */
export type FromWorker =
  /** It can run cells. */
  | { readonly type: 'ready' }
  | { readonly type: 'stream'; readonly name: StreamName; readonly text: string }
  | { readonly type: 'display'; readonly content: DisplayContent; readonly update: boolean }
  | { readonly type: 'clear'; readonly wait: boolean }
  /** It has heard an interrupt, so its thread is free. */
  | { readonly type: 'interrupting' }
  | { readonly type: 'answer'; readonly id: number; readonly content: Answer };

export type StreamName = 'stdout' | 'stderr';

/** The content of the reply that Jupyter's protocol asks for. */
export type Answer = Readonly<Record<string, unknown>>;

/** How a cell ended that failed. */
export interface Failed {
  readonly status: 'error';
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}
