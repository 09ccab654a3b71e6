/** What passes between the thread of the cells and the compiler's. */
import type { MessagePort } from 'node:worker_threads';
import type { Converter, ConverterOptions, ConvertResult } from 'tslab/dist/converter';
import type { CodeMetadata } from 'tslab/dist/metadata';
import type { Completeness } from './completeness';

/** What the compiler's thread is started with. */
export interface CompilerData {
  readonly port: MessagePort;
  /** How many calls have been answered, or {@link STOPPED}. */
  readonly answered: Int32Array;
  readonly options: ConverterOptions;
  /** The packages that the first cell probably imports. */
  readonly imports: readonly string[];
}

/** The functions of the thread. */
export interface Functions extends Omit<Converter, 'close'> {
  completeness(code: string): Completeness;
  getCodeMetadata(code: string): CodeMetadata;
  /** Reads a cell after the last one read; undefined where it depends on what those before it do. */
  readAhead(code: string): Read | undefined;
  /** Takes back the cells that wait to be read ahead. */
  forget(): void;
}

/** A cell read before its turn. */
export interface Read {
  readonly metadata: CodeMetadata;
  /** What was taken to be declared before it. */
  readonly declared: string;
  readonly converted: ConvertResult;
}

/** A function of the thread to be called, and its arguments. */
export interface Call<Name extends keyof Functions = keyof Functions> {
  readonly name: Name;
  readonly args: Parameters<Functions[Name]>;
}

/** What a call came to. */
export type Answer = { readonly value: unknown } | { readonly error: unknown };

/** A message is one of these, with the number of its call. */
export type Numbered<T> = T & { readonly number: number };

/** The thread has ended. */
export const STOPPED = -1;
