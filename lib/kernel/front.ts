/** The front of either kernel: answers what Jupyter's clients ask, by what its cells and TypeScript say. */
import type { Request } from './jupyter';
import type { Answer, AtCursor, Execute, Failed, FromCells, Note, Typed } from './worker-messages';

/** What each kernel has of its own. */
interface Means<R extends Request> {
  /** Sends a message of which another one is the parent, on the channel that all clients hear unless one is given. */
  send(type: string, content: object, parent?: R, channel?: string): void;
  /** Tells the queue of the cells, or the cells themselves. */
  tell(message: Execute | Note | { readonly type: 'drop' }): void;
  /** Asks TypeScript; it may have ended. */
  ask(question: AtCursor): Promise<Answer | undefined>;
  /** Hands over what the user has typed. */
  type(typed: Typed): void;
  /** Answers requests of these types itself. */
  readonly answers: Readonly<Record<string, (content: R['content']) => Answer>>;
}

/** Milliseconds in which the cells come that were asked for together with one that fails. */
const TOGETHER = 50;

/**
 * Milliseconds after which an answer of TypeScript's comes too late, which may have to be loaded for it. A console
 * waits for a second to hear whether a cell is whole, and then asks no more.
 */
const late = ({ type }: AtCursor): number => (type === 'is_complete' ? 600 : 5000);

/** The most cells that are kept, once they have run: what they show may come later. */
const MOST_RAN = 1000;

/** Says that something failed that is none of a cell's code. */
export const failure = (ename: string, evalue: string): Failed => ({
  status: 'error',
  ename,
  evalue,
  traceback: [`\x1b[31m${ename}\x1b[39m: ${evalue}`],
});

/** Returns the index of a place that Jupyter names: it counts characters, and an emoji is one. */
const indexOf = (code: string, cursor: number): number =>
  [...code].slice(0, cursor).join('').length;

/** Returns the place of an index, as Jupyter counts. */
const cursorOf = (code: string, index: number): number => [...code.slice(0, index)].length;

export class Front<R extends Request> {
  private runs = 0;
  /** The requests of the cells by their runs. */
  private readonly cells = new Map<number | undefined, R>();
  /** The runs that have no answer yet. */
  private readonly waiting = new Set<number>();
  /** The request of the cell that was begun last, and its number. */
  private last: R | undefined;
  private count = 0;
  /** Number and code of the cells: `jupyter console` has them by its arrow keys. */
  private readonly history: [count: number, code: string][] = [];
  /** Whether the cell waits for what its user types. */
  private asksUser = false;

  constructor(private readonly kernel: Means<R>) {}

  get isBusy(): boolean {
    return this.waiting.size > 0;
  }

  /** Takes a request: a cell is passed on at once, so that those of "Run All" follow each other. */
  async hear(request: R): Promise<void> {
    const { msg_type } = request.header;
    if (msg_type === 'execute_request') return this.pass(request);
    if (msg_type === 'input_reply') {
      return this.type({ type: 'input', text: `${request.content.value}` });
    }
    this.state('busy', request);
    // What cannot be answered is answered by what is wrong with it.
    const content = await this.answer(request).catch(({ name, message }) => failure(name, message));
    if (content) this.reply(request, content);
    this.state('idle', request);
    // Clients show the last state of all: a cell that runs keeps the kernel busy.
    if (this.isBusy && this.last) this.state('busy', this.last);
  }

  private pass(request: R): void {
    const run = ++this.runs;
    this.cells.set(run, request);
    this.waiting.add(run);
    const code = String(request.content.code ?? '');
    this.kernel.tell({ ...request.content, type: 'execute', code, run, count: this.count });
  }

  private async answer(request: R): Promise<Answer | undefined> {
    const { content } = request;
    const { msg_type } = request.header;
    const type = msg_type.replace(/_request$/, '');
    const own = this.kernel.answers[type];
    if (own) return own(content);
    switch (type) {
      case 'complete':
      case 'inspect':
      case 'is_complete': {
        const code = String(content.code ?? '');
        const cursor = indexOf(code, Number(content.cursor_pos ?? code.length));
        return this.ask({ type, code, cursor });
      }
      case 'history': {
        const last = this.history.slice(-(Number(content.n) || Number.POSITIVE_INFINITY));
        // What came of them is not kept.
        const shown = (code: string) => (content.output === true ? [code, null] : code);
        return { status: 'ok', history: last.map(([count, code]) => [1, count, shown(code)]) };
      }
      case 'note':
        this.kernel.tell({ type, event: content });
        return { status: 'ok' };
      case 'comm_info':
        return { status: 'ok', comms: {} };
      case 'comm_open':
        // No cell speaks to the page by them: one that is opened is closed.
        this.kernel.send('comm_close', { comm_id: content.comm_id, data: {} }, request);
    }
    if (/^comm_/.test(msg_type)) return undefined;
    // What nobody waits for is noted alone.
    console.warn(
      `[tslab] A message of the type ${msg_type} came, which this kernel does not know.`,
    );
    if (type === msg_type) return undefined;
    throw new TypeError(`Expected a request that this kernel knows, but received ${msg_type}`);
  }

  /** Asks TypeScript; without an answer of its, nothing is known. */
  private async ask(question: AtCursor): Promise<Answer> {
    const { type, code, cursor } = question;
    const nothing = new Promise<undefined>(resolve => setTimeout(resolve, late(question)));
    const found = await Promise.race([this.kernel.ask(question), nothing]);
    if (type === 'is_complete') return found ?? { status: 'unknown' };
    if (type === 'inspect') return found ?? { status: 'ok', found: false, data: {}, metadata: {} };
    const { cursor_start = cursor, cursor_end = cursor, ...rest } = found ?? {};
    return {
      ...{ status: 'ok', matches: [], metadata: {}, ...rest },
      cursor_start: cursorOf(code, Number(cursor_start)),
      cursor_end: cursorOf(code, Number(cursor_end)),
    };
  }

  private state(execution_state: string, parent: R): void {
    this.kernel.send('status', { execution_state }, parent);
  }

  private reply(to: R, content: object): void {
    const type = to.header.msg_type.replace(/request$/, 'reply');
    this.kernel.send(type, content, to, to.channel);
  }

  /** Takes what the cells say, and their queue. */
  hearCells(said: FromCells): void {
    const { send } = this.kernel;
    const parent = ('run' in said && this.cells.get(said.run)) || this.last;
    if (said.type === 'begun') this.begin(said.run, said.count);
    else if (said.type === 'answer') void this.finish(said.id, said.content);
    else if (said.type === 'ask-user') this.askUser(said.prompt);
    else if (said.type === 'stream') send('stream', { name: said.name, text: said.text }, parent);
    else if (said.type === 'result') {
      send('execute_result', { execution_count: this.count, ...said.content }, parent);
    } else if (said.type === 'display') {
      send(said.update ? 'update_display_data' : 'display_data', said.content, parent);
    }
  }

  private begin(run: number, execution_count: number): void {
    const request = this.cells.get(run) as R;
    const { code = '', silent } = request.content;
    if (execution_count > this.count) this.history.push([execution_count, code]);
    if (this.history.length > MOST_RAN) this.history.shift();
    this.last = request;
    this.count = execution_count;
    this.state('busy', request);
    if (!silent) this.kernel.send('execute_input', { code, execution_count }, request);
  }

  private async finish(run: number, answer: Answer): Promise<void> {
    const request = this.cells.get(run) as R;
    const more = { payload: [], user_expressions: {}, execution_count: this.count };
    this.waiting.delete(run);
    this.cells.delete(run - MOST_RAN);
    if (answer.status === 'aborted') this.state('busy', request);
    if (answer.status === 'error') {
      // What is published is saved in the notebook: no field more than its format has.
      const { ename, evalue, traceback } = answer;
      this.kernel.send('error', { ename, evalue, traceback }, request);
      if (request.content.stop_on_error !== false) {
        await new Promise(resolve => setTimeout(resolve, TOGETHER));
        // Before the reply, at which a client may ask for the next one.
        this.kernel.tell({ type: 'drop' });
      }
    }
    this.reply(request, answer.status === 'aborted' ? answer : { ...more, ...answer });
    this.state('idle', request);
  }

  /** Answers in the place of cells that have ended: the one that runs fails, if there is an error. */
  end(error?: Failed): void {
    this.asksUser = false;
    let answer: Answer = error ?? { status: 'aborted' };
    if (!this.isBusy && error) {
      this.kernel.send('stream', { name: 'stderr', text: `${error.evalue}\n` }, this.last);
    }
    for (const run of [...this.waiting]) {
      void this.finish(run, answer);
      answer = { status: 'aborted' };
    }
  }

  /** Asks the user of the client that runs the cell: no other one would show it. */
  private askUser(prompt: string): void {
    this.asksUser = true;
    if (this.isBusy && this.last?.content.allow_stdin !== false) {
      this.kernel.send('input_request', { prompt, password: false }, this.last, 'stdin');
    } else this.type({ type: 'no-input', why: 'unattended' });
  }

  /** Tells the cell that asks what its user has typed, or why nobody has. */
  type(typed: Typed): void {
    if (this.asksUser) this.kernel.type(typed);
    this.asksUser = false;
  }
}
