/** JSON-lines IPC between the protocol server and the cell process. */
import type { Duplex } from 'node:stream';
import type { Language } from 'digits/language';
import type { Answer, Execute, FromCells, Input, Message, Note } from '../cell/worker-messages';
import type { Compiled } from '../typescript/checker';

export interface CompileRequest {
  readonly code: string;
  /** Whether a package was rebuilt. If so, the compiler must restart. */
  readonly isStale: boolean;
}

export type ToCellProcess =
  | (Execute & { readonly id: number })
  | Message<'interrupt'>
  /** The compiled cell, or `undefined` if the compiler has ended. */
  | Message<'compiled', { id: number; compiled: Compiled | undefined }>
  /** Stops the running cell; by force, even in synchronous code. */
  | Message<'break-off', { byForce: boolean }>
  | Input
  | Note
  | Message<'close'>;

export type FromCellProcess =
  | FromCells
  | Message<'compile', CompileRequest & { id: number }>
  /** The reply to `execute` with the same id. `language` is the lesson's language, for the texts of the server. */
  | Message<'executed', { id: number; content: Answer; language: Language }>
  /** Blocks the cells until all earlier messages are sent. */
  | Message<'flush'>;

/** File descriptors in the cell process: the JSON-lines channel, and a pipe to the notebook's `stderr`. */
export const [CHANNEL_FD, STDERR_FD] = [3, 4] as const;

/** Exchanges JSON messages over a stream, separated by line breaks. Returns the send function. */
export function openChannel<Out, In>(stream: Duplex, onMessage: (message: In) => void) {
  let buffer = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    buffer += text;
    // A long message arrives in many chunks: split only after a newline.
    if (!text.includes('\n')) return;
    const lines = buffer.split('\n');
    buffer = lines.pop() ?? '';
    for (const line of lines) onMessage(JSON.parse(line));
  });
  // 'close' reports the same disconnection.
  stream.on('error', () => {});
  return (message: Out): void => {
    stream.write(`${JSON.stringify(message)}\n`);
  };
}
