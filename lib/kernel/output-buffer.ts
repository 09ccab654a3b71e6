/** What a cell prints, joined to few messages, since each one costs the page as much as a screenful; and its value. */
import { inspect } from 'node:util';
import { messages } from './language';
import { unshared } from './script/parameters';
import type { DisplayContent, FromCells, StreamName } from './worker-messages';

/**
 * Milliseconds between two messages: none at first, for a cell that says what it begins and then computes;
 * then the more, the more there is below the cell that is drawn again.
 */
const interval = (printed: number): number =>
  printed < 2000 ? 0 : Math.min(50 + printed / 1000, 1000);

/** Joins what is printed, and sends it from time to time. */
export class Output {
  private name: StreamName = 'stdout';
  private run: number | undefined;
  private waiting = '';
  private printed = 0;
  private sent = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param most characters that one cell may print.
   * @param runNow tells the run of a cell that prints, if it can be told; a later one may be on its way.
   */
  constructor(
    private readonly post: (message: FromCells) => void,
    private readonly most: number,
    private readonly runNow = (): number | undefined => undefined,
  ) {}

  write(name: StreamName, words: string): void {
    if (this.printed > this.most) return;
    const run = this.runNow();
    if (name !== this.name || run !== this.run) this.flush();
    this.name = name;
    this.run = run;
    this.waiting += unshared(words);
    this.printed += words.length;
    if (this.printed > this.most) {
      this.waiting += `\n${messages().cells.tooMuchOutput}\n`;
      this.flush();
      return;
    }
    // A cell that never waits gives no timer its turn.
    if (performance.now() - this.sent >= interval(this.printed)) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), interval(this.printed));
  }

  /** Shows a figure, or something else that has more than words. */
  show(content: DisplayContent, update: boolean): void {
    this.send({ type: 'display', content, update, run: this.runNow() });
  }

  /** Sends a message behind what was printed before it. */
  send(message: FromCells): void {
    this.flush();
    this.post(message);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { name, run, waiting: text } = this;
    if (text) this.post({ type: 'stream', name, text, run });
    this.waiting = '';
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
export function shownValue(value: unknown, write = inspected) {
  if (value === undefined || value === null) return undefined;
  const words = write(value);
  const isPending = words === 'Promise { <pending> }';
  const content: DisplayContent = {
    data: { 'text/plain': isPending ? `${words}\n${messages().cells.pending}` : words },
    metadata: {},
  };
  return content;
}
