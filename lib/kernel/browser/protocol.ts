/** What passes between the page, the worker of the cells, and the checker's, to which both others have a line. */
import type { Diagnostic } from '../errors/failed';
import type { Answer, CodeQuestion, Execute, Note } from '../worker-messages';

/** What TypeScript says of a cell. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** What it has made of it, and the line of the cell, from 1 on, that each of its lines was. */
  readonly javaScript?: string | undefined;
  readonly lines: readonly number[];
}

/** What the checker is asked. */
export type ToChecker =
  | { readonly type: 'check'; readonly code: string }
  /** Cells that have run without it. */
  | { readonly type: 'earlier'; readonly codes: readonly string[] }
  | CodeQuestion;

export type FromChecker =
  | { readonly type: 'ready' }
  | { readonly type: 'reply'; readonly id: number; readonly reply: Answer | Checked | undefined };

/** What the worker of the cells hears. */
export type ToBrowserCells =
  | Execute
  | Note
  /** All have come that were asked for before the front has heard that a cell has failed. */
  | { readonly type: 'drop' }
  /** ■ was pressed, or the worker is new. A loop asks for the address, which the page takes away at the next ■. */
  | { readonly type: 'interrupt'; readonly address: string }
  /** A line to the checker, which may take some seconds to come; none if there is no checker any more. */
  | { readonly type: 'checker'; readonly port: MessagePort | undefined }
  /** It has answered the page: cells wait for it from now on. */
  | { readonly type: 'checker-there' };
