/** What passes between the thread of the cells and the compiler's. */
import type { MessagePort } from 'node:worker_threads';
import type { ConverterOptions } from 'tslab/dist/converter';

/** What the compiler's thread is started with. */
export interface CompilerData {
  readonly port: MessagePort;
  /** One of {@link State}. */
  readonly state: Int32Array;
  readonly options: ConverterOptions;
  /** The packages that the first cell probably imports. */
  readonly imports: readonly string[];
}

/** A function of the thread to be called, and its arguments. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What a call came to. */
export type Answer = { readonly value: unknown } | { readonly error: unknown };

/** Where a call stands. */
export const State = { ASKED: 0, ANSWERED: 1, STOPPED: 2 } as const;
