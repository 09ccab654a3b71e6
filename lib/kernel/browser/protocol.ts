/** Messages between the page, the cell worker and the checker's worker. */
import type { Diagnostic } from '../cell/errors/failed';
import type { Answer, Execute, Message, Note, Question } from '../cell/worker-messages';

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The JavaScript, and the cell's line number, from 1, of each JavaScript line. */
  readonly javaScript?: string | undefined;
  readonly lines: readonly number[];
}

export type ToChecker =
  | { readonly type: 'check'; readonly code: string }
  /** Cells that ran without a check. */
  | { readonly type: 'earlier'; readonly codes: readonly string[] }
  | Question;

export type FromChecker =
  | Message<'ready'>
  | Message<'reply', { id: number; reply: Answer | CheckResult | undefined }>;

export type ToBrowserCells =
  | Execute
  | Note
  /** Drops queued cells after a failure, when all earlier requests have arrived. */
  | { readonly type: 'drop' }
  /** ■ was pressed, or the worker is new. Loops poll `address` until the page revokes `address` at the next ■. */
  | { readonly type: 'interrupt'; readonly address: string }
  /** A port to the checker, even during loading, or `undefined` after the checker's end. */
  | { readonly type: 'checker'; readonly port: MessagePort | undefined }
  /** The checker has replied to the page, so cells must be checked from now on. */
  | { readonly type: 'checker-there' };
