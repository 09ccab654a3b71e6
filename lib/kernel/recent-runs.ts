/** What cells have shown last, for a page that is opened anew: a server keeps what comes for the former one alone. */
import type { Request } from './jupyter';
import type { Answer } from './worker-messages';

/** The most cells that are kept, and the most that one shows. */
const MOST = { cells: 500, messages: 200, characters: 1_000_000 };

/** The name by which it is updated, if it has one. */
const displayOf = ({ transient }: Answer) => (transient as Answer | undefined)?.display_id;

/** The last run of a cell. */
class Run {
  count: number | null = null;
  isDone = false;
  /** Whether it has shown more than is kept. */
  isCut = false;
  /** When it last showed something, or ended, in milliseconds. */
  changed = Date.now();
  characters = 0;
  readonly messages: { readonly type: string; content: Answer }[] = [];

  constructor(
    readonly id: string,
    readonly cell: string,
    readonly code: string,
  ) {}

  /** Keeps what it shows as a page would, which joins what is printed. */
  show(type: string, content: Answer): void {
    const { messages } = this;
    this.isCut ||= messages.length >= MOST.messages;
    if (type === 'stream') this.print(content);
    else if (!this.isCut || type === 'error') messages.push({ type, content });
  }

  private print({ name, text }: Answer): void {
    const { messages } = this;
    const printed = `${text}`.slice(0, MOST.characters - this.characters);
    this.isCut ||= printed.length < `${text}`.length;
    this.characters += printed.length;
    const last = messages.at(-1);
    if (last?.type === 'stream' && last.content.name === name) {
      last.content = { name, text: `${last.content.text}${printed}` };
    } else messages.push({ type: 'stream', content: { name, text: printed } });
  }
}

export class RecentRuns {
  /** By cell, the latest at the end. */
  private readonly runs = new Map<unknown, Run>();

  /** Begins to keep what comes of a request, if it names its cell, as JupyterLab's do. */
  add({ header, content, metadata }: Request): void {
    const cell = metadata?.cellId;
    if (typeof cell !== 'string') return;
    this.runs.delete(cell);
    this.runs.set(cell, new Run(header.msg_id, cell, `${content.code}`));
    if (this.runs.size > MOST.cells) this.runs.delete(this.runs.keys().next().value);
  }

  /** Returns the run of a request, which changes just now; undefined if its cell has run again, or is unknown. */
  of(request: Request | undefined): Run | undefined {
    const run = this.runs.get(request?.metadata?.cellId);
    if (!run || run.id !== request?.header.msg_id) return undefined;
    run.changed = Date.now();
    return run;
  }

  /** Puts something in the place of what it updates, whichever cell shows that. */
  update(content: Answer): void {
    const display = displayOf(content);
    if (display === undefined) return;
    for (const run of this.runs.values()) {
      const shown = run.messages.find(each => displayOf(each.content) === display);
      if (!shown) continue;
      shown.content = content;
      run.changed = Date.now();
    }
  }

  /** Returns all; what they have shown only of those that have changed since then, in milliseconds. */
  since(time: number): object[] {
    return [...this.runs.values()].map(({ messages, ...run }) =>
      !run.isDone || run.changed > time ? { ...run, messages } : run,
    );
  }
}
