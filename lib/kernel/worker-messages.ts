/**
 * What passes between the front, which speaks Jupyter's protocol, and the thread that runs the cells: the
 * same in the browser, where the page is the front, and on an installed kernel.
 */

/** What the front asks; each question has one answer. */
export type Question =
  | {
      readonly type: 'execute';
      readonly code: string;
      /** The cell's number, as in `[3]`. */
      readonly count: number;
      /** No value is shown. */
      readonly silent?: boolean;
      /** Expressions whose values are wanted once the cell has run, by names of the front's. */
      readonly expressions?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'complete'; readonly code: string; readonly cursor: number }
  | { readonly type: 'inspect'; readonly code: string; readonly cursor: number }
  | { readonly type: 'is-complete'; readonly code: string };

/** What the cells' thread hears: a question with its number, or an interrupt of the cell that runs. */
export type ToCells = (Question & { readonly id: number }) | { readonly type: 'interrupt' };

/** A MIME bundle for the notebook, in the form in which Jupyter shows it. */
export interface DisplayContent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

/** What the cells' thread says. */
export type FromCells =
  /** It can run cells. */
  | { readonly type: 'ready' }
  | { readonly type: 'stream'; readonly name: StreamName; readonly text: string }
  | { readonly type: 'display'; readonly content: DisplayContent; readonly update: boolean }
  /** The value of a cell that ends with an expression. */
  | { readonly type: 'result'; readonly content: DisplayContent }
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
