/** What passes between the front's thread and that of the cells, beyond what every front asks. */
import type { MessagePort } from 'node:worker_threads';
import type { FromCells, ToCells } from '../worker-messages';

/** What the front's thread is started with. */
export interface FrontData {
  readonly port: MessagePort;
  /** Becomes 1 once the sockets are closed. */
  readonly closed: Int32Array;
  readonly connectionFile: string;
}

/** What an installed kernel's cells hear. */
export type ToInstalled =
  | ToCells
  /** A cell waits, which can be read meanwhile. */
  | { readonly type: 'expect'; readonly code: string }
  /** The cells that wait will not run. */
  | { readonly type: 'forget' }
  /** What the running cell computed is broken off, and so is the cell. */
  | { readonly type: 'break-off' }
  /** The kernel is to end. */
  | { readonly type: 'close' };

/** What they say. */
export type FromInstalled =
  | FromCells
  /** Nothing of theirs keeps the kernel from its end. */
  | { readonly type: 'closed' };
