/** The line between the process that speaks Jupyter's protocol and the one that runs the cells, and what passes on it. */
import type { Duplex } from 'node:stream';
import type { Compiled } from './compiler/checker';
import type { Execute, FromCells, Message, Note, Typed } from './worker-messages';

/** What a cell asks the compiler: to read it, by its newest build if a package was built anew. */
export interface ToCompile {
  readonly code: string;
  readonly isStale: boolean;
}

/** What the process of the cells hears. */
export type ToInstalled =
  | (Execute & { readonly id: number })
  | Message<'interrupt'>
  /** What a cell has become; undefined if the compiler has ended. */
  | Message<'compiled', { id: number; compiled: Compiled | undefined }>
  /** The running cell ends here; by force, also what it computes. */
  | Message<'break-off', { byForce: boolean }>
  | Typed
  | Note
  /** The kernel is to end. */
  | Message<'close'>;

/** What it says. */
export type FromInstalled =
  | FromCells
  | Message<'compile', ToCompile & { id: number }>
  /** The cells wait until all that was said before is on its way. */
  | Message<'flush'>;

/** Where the process of the cells finds it; and a pipe to what a notebook shows as `stderr`. */
export const [LINK, STDERR] = [3, 4] as const;

/** Carries messages over a stream, one a line. Returns the function that sends one. */
export function link<Sent, Heard>(stream: Duplex, hear: (message: Heard) => void) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    rest += text;
    // A long message comes in many parts.
    if (!text.includes('\n')) return;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(JSON.parse(line));
  });
  // The other end is gone, which 'close' tells.
  stream.on('error', () => {});
  return (message: Sent): void => {
    stream.write(`${JSON.stringify(message)}\n`);
  };
}
