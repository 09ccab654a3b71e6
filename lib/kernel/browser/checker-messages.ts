/** What passes between the page and the checker's worker, and, by way of the page, the worker of the cells. */

import type { Declaration } from '../compiler/declared';
import type { Diagnostic } from '../errors/failed';
import type { Answer, AtCursor, FromCells, ToCells } from '../worker-messages';

/** What TypeScript says of a cell. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** What later cells see of it. */
  readonly declaration?: Declaration | undefined;
  /** What it has made of a cell that could not be read otherwise. */
  readonly javaScript?: JavaScript | undefined;
}

export interface JavaScript {
  readonly code: string;
  /** Of each of its lines, the line of the cell, from 1 on. */
  readonly lines: readonly number[];
}

/** A cell that later ones may use: what it declares, or its code if it ran before it could be checked. */
export type Earlier = Declaration | { readonly code: string };

/** What the checker is asked. */
export type ToChecker =
  | { readonly type: 'check'; readonly code: string; readonly isUnread: boolean }
  | { readonly type: 'earlier'; readonly cells: readonly Earlier[] }
  | AtCursor;

export type CheckerReply = Answer | Checked | readonly Earlier[];

/** What the worker of the cells hears. */
export type ToBrowserCells =
  | ToCells
  | { readonly type: 'checked'; readonly id: number; readonly checked: Checked | undefined };

/** What it says. */
export type FromBrowserCells =
  | FromCells
  /** A cell is to be checked; if it cannot be read otherwise, however long TypeScript takes to come. */
  | {
      readonly type: 'check';
      readonly id: number;
      readonly code: string;
      readonly isUnread: boolean;
    };
