/** What passes between the thread of the cells and the compiler's. */
import type { MessagePort } from 'node:worker_threads';
import type { ConverterOptions } from 'tslab/dist/converter';

/** What the compiler's thread is started with. */
export interface CompilerData {
  readonly port: MessagePort;
  /** How many calls have been answered, or {@link STOPPED}. */
  readonly answered: Int32Array;
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

/** A message is one of these, with the number of its call. */
export type Numbered<T> = T & { readonly number: number };

/** The thread has ended. */
export const STOPPED = -1;
