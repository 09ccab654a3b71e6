/** The line between the process that speaks Jupyter's protocol and the one that runs the cells, and what passes on it. */
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import type { Language } from 'digits/language';
import type { Compiled } from './compiler/checker';
import type { Execute, FromCells, Typed } from './worker-messages';

/** What a cell asks the compiler: to read it, by its newest build if a package was built anew. */
export interface ToCompile {
  readonly code: string;
  readonly isStale: boolean;
}

/** What the process of the cells hears. */
export type ToInstalled =
  | (Execute & { readonly id: number })
  | { readonly type: 'interrupt' }
  /** What a cell has become; undefined if the compiler has ended. */
  | { readonly type: 'compiled'; readonly id: number; readonly compiled: Compiled | undefined }
  /** The running cell ends here; by force, also what it computes. */
  | { readonly type: 'break-off'; readonly byForce: boolean }
  | Typed
  /** The kernel is to end. */
  | { readonly type: 'close' };

/** What it says. */
export type FromInstalled =
  | FromCells
  | (ToCompile & { readonly type: 'compile'; readonly id: number })
  /** The language of what learners read, when it has changed. */
  | { readonly type: 'language'; readonly language: Language }
  /** The cells wait until all that was said before is on its way. */
  | { readonly type: 'flush' };

/** What the thread is started with that links the cells to the process that has started theirs. */
export interface LinkData {
  readonly port: MessagePort;
  /** Takes what the user has typed. */
  readonly typed: MessagePort;
  /** Becomes 1 once what was said is on its way, or the user has typed. */
  readonly turn: Int32Array;
  /** Is 1 while the cells wait for another program, and 2 if they are to be broken off behind it. */
  readonly waits: Int32Array;
}

/** Where the process of the cells finds it; and a pipe to what a notebook shows as `stderr`. */
export const [LINK, STDERR] = [3, 4] as const;

/** Bytes that tell the length of a message. */
const HEAD = 4;

/** Carries messages, each behind its length, over a stream. Returns the function that sends one. */
export function link<Sent, Heard>(
  stream: Duplex,
  hear: (message: Heard) => void,
): (message: Sent) => void {
  let awaited: number | undefined;
  stream.on('readable', () => {
    for (;;) {
      awaited ??= (stream.read(HEAD) as Buffer | null)?.readUInt32LE();
      if (awaited === undefined) return;
      const body: Buffer | null = stream.read(awaited);
      // Of a stream that has ended, what is left.
      if (!body || body.length < awaited) return;
      awaited = undefined;
      hear(deserialize(body));
    }
  });
  // The other end is gone, which 'close' tells.
  stream.on('error', () => {});
  return message => {
    const body = serialize(message);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(body.length);
    stream.write(head);
    stream.write(body);
  };
}
