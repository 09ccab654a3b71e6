/** What passes between the threads of the cells and of the compiler: calls of functions, and their answers. */
import type { MessagePort } from 'node:worker_threads';
import type { AtCursor, Answer as Content } from '../worker-messages';
import type { Compiled, Diagnostic } from './checker';
import type { Declaration, Own } from './declared';

/** A cell read before its turn. */
export interface Read {
  readonly own: Own;
  /** What its meaning was taken to depend on. */
  readonly context: string;
  readonly compiled: Compiled;
}

/** The functions of the compiler's thread. */
export interface Functions {
  compile(code: string): Compiled;
  /** Tells of a cell that runs: later ones see what it declares. */
  declare(declaration: Declaration): void;
  /** Adds a cell that others import by its name. */
  addModule(name: string, code: string, hasJsx: boolean): readonly Diagnostic[];
  /** Reads a cell before its turn, behind the last one read; undefined if it depends on what that does. */
  readAhead(code: string): Read | undefined;
  /** Takes back the cells that wait to be read ahead. */
  cancel(): void;
  answer(question: AtCursor): Content;
}

/** What the compiler's thread is started with. */
export interface CompilerData {
  /** The packages that the first cell probably imports. */
  readonly imports: readonly string[];
  /** On which the front asks, while a cell computes. */
  readonly port: MessagePort;
}

export interface Call {
  readonly name: keyof Functions;
  readonly args: Parameters<Functions[keyof Functions]>;
}

export type Answer = { readonly value: unknown } | { readonly error: unknown };
