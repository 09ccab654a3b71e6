/** What passes between the threads of the cells and of the compiler: calls of functions, and their answers. */
import type { SourceMapPayload } from 'node:module';
import type { Converter, ConvertResult, SideOutput } from 'tslab/dist/converter';
import type { CodeMetadata } from 'tslab/dist/metadata';
import type { Script } from '../script/script';

/** A module beside the notebook, or a cell that is a module, with a map to its source. */
export interface SideModule extends SideOutput {
  readonly map: SourceMapPayload;
}

/** What a cell has become. From the script moves lead to TypeScript's output, and its map to the cell. */
export interface Converted extends ConvertResult {
  readonly map?: SourceMapPayload;
  readonly moves?: Script['moves'];
  /** The modules that it imports, if they are new or have changed. */
  sideOutputs?: SideModule[];
}

/** A cell read before its turn. */
export interface Read {
  /** What was taken to be declared before it. */
  readonly declared: string;
  readonly converted: Converted;
}

/** The functions of the compiler's thread. */
export interface Functions extends Pick<Converter, 'addModule' | 'complete' | 'inspect'> {
  convert(declared: string, code: string): Converted;
  /** Tells whether a cell is whole, as a console asks before it runs a line. */
  completeness(code: string): {
    readonly status: 'complete' | 'incomplete' | 'invalid';
    readonly indent?: string;
  };
  getCodeMetadata(code: string): CodeMetadata;
  /** Reads a cell before its turn, behind the last one read; undefined if it depends on what that does. */
  readAhead(code: string): Read | undefined;
  /** Takes back the cells that wait to be read ahead. */
  cancel(): void;
}

/** Tells whether a comment of a cell says that it is a module, or meant for a page. */
export const hasMark = (code: string): boolean => /@(module|browser)\b/.test(code);

export interface Call {
  readonly name: keyof Functions;
  readonly args: Parameters<Functions[keyof Functions]>;
}

export type Answer = { readonly value: unknown } | { readonly error: unknown };
