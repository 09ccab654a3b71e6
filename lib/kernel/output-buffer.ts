/** What a cell prints, joined to few messages, since each one costs the page as much as a screenful; and its value. */
import { inspect } from 'node:util';
import { messages } from './language';
import { currentExecution } from './script/origin';
import { unshared } from './script/parameters';
import type { DisplayContent, FromCells, StreamName } from './worker-messages';

/** Milliseconds between two messages: none at first, then the more, the more is drawn again below the cell. */
const interval = (printed: number): number =>
  printed < 2000 ? 0 : Math.min(50 + printed / 1000, 1000);

/** Joins what is printed, and sends it from time to time. */
export class Output {
  private waiting: { name: StreamName; run: number | undefined; text: string } | undefined;
  private printed = 0;
  private sent = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param most characters that one cell may print. */
  constructor(
    private readonly post: (message: FromCells) => void,
    private readonly most: number,
  ) {}

  write(name: StreamName, words: string): void {
    if (this.printed > this.most) return;
    const run = currentExecution();
    const { waiting } = this;
    if (waiting && (name !== waiting.name || run !== waiting.run)) this.flush();
    this.waiting ??= { name, run, text: '' };
    this.waiting.text += unshared(words);
    this.printed += words.length;
    const isLast = this.printed > this.most;
    if (isLast) this.waiting.text += `\n${messages().cells.tooMuchOutput}\n`;
    // A cell that never waits gives no timer its turn.
    if (isLast || performance.now() - this.sent >= interval(this.printed)) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), interval(this.printed));
  }

  /** Shows a figure, or something else that has more than words. */
  show(content: DisplayContent, update: boolean): void {
    this.send({ type: 'display', content, update, run: currentExecution() });
  }

  /** Sends a message behind what was printed before it. */
  send(message: FromCells): void {
    this.flush();
    this.post(message);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting?.text) this.post({ type: 'stream', ...this.waiting });
    this.waiting = undefined;
    this.sent = performance.now();
  }

  /** Begins to count anew. */
  begin(): void {
    this.flush();
    this.printed = 0;
  }
}

/** Returns a value in words, as Node's own prompt shows it, even one that throws when it is looked at. */
export function inspected(value: unknown): string {
  try {
    return unshared(inspect(value));
  } catch {
    return `[a value of the type ${typeof value} that cannot be shown]`;
  }
}

/** Returns what is shown of a value in words; undefined if nothing is. */
export function shownValue(value: unknown, write = inspected): DisplayContent | undefined {
  if (value === undefined || value === null) return undefined;
  let words = write(value);
  if (words === 'Promise { <pending> }') words += `\n${messages().cells.pending}`;
  return { data: { 'text/plain': words }, metadata: {} };
}
