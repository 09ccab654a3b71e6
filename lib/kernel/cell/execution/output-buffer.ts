/** Buffers the output of cells, because each message costs the page as much as a screenful of text. */
import { messages } from '../language';
import { inspected } from '../script/inspected';
import { currentExecution } from '../script/origin';
import { unshared } from '../script/parameters';
import type { DisplayContent, FromCells, StreamName } from '../worker-messages';

/** Milliseconds between two messages: 0 at first, then growing with the output that the page redraws. */
const flushInterval = (printedLength: number): number =>
  printedLength < 2000 ? 0 : Math.min(50 + printedLength / 1000, 1000);

/** Joins printed text, and sends the text at intervals. */
export class Output {
  private pending: { name: StreamName; run: number | undefined; text: string } | undefined;
  private printedLength = 0;
  private lastFlush = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param limit maximum number of characters printed per cell */
  constructor(
    private readonly post: (message: FromCells) => void,
    private readonly limit: number,
  ) {}

  write(name: StreamName, chunk: string): void {
    if (this.printedLength > this.limit) return;
    const run = currentExecution();
    const { pending } = this;
    if (pending && (name !== pending.name || run !== pending.run)) this.flush();
    this.pending ??= { name, run, text: '' };
    this.pending.text += unshared(chunk);
    this.printedLength += chunk.length;
    const isLast = this.printedLength > this.limit;
    if (isLast) this.pending.text += `\n${messages().cells.tooMuchOutput}\n`;
    // A synchronous cell blocks timers, so compare the time as well.
    const interval = flushInterval(this.printedLength);
    if (isLast || performance.now() - this.lastFlush >= interval) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), interval);
  }

  show(content: DisplayContent, update: boolean): void {
    this.send({ type: 'display', content, update, run: currentExecution() });
  }

  /** Sends a message after the buffered text. */
  send(message: FromCells): void {
    this.flush();
    this.post(message);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.pending?.text) this.post({ type: 'stream', ...this.pending });
    this.pending = undefined;
    this.lastFlush = performance.now();
  }

  /** Resets the character count for a new cell. */
  begin(): void {
    this.flush();
    this.printedLength = 0;
  }
}

/** Returns the displayed text of a cell's value, or `undefined` for `undefined` and `null`. */
export function renderValue(value: unknown, write = inspected): DisplayContent | undefined {
  if (value === undefined || value === null) return undefined;
  let text = write(value);
  if (text === 'Promise { <pending> }') text += `\n${messages().cells.pending}`;
  return { data: { 'text/plain': text }, metadata: {} };
}
