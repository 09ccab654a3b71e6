/** Handles Jupyter requests for both kernels. */
import type { Request } from './jupyter';
import type { Answer, Execute, Failed, FromCells, Input, Note, Question } from './worker-messages';

/** Operations that differ between the installed and the browser kernel. */
interface KernelAdapter<R extends Request> {
  /** Sends a reply or broadcast to `parent`. The default channel is `iopub`, received by all clients. */
  send(type: string, content: object, parent?: R, channel?: string): void;
  sendToCells(message: Execute | Note | { readonly type: 'drop' }): void;
  /** Asks the compiler. Resolves to `undefined` if the compiler has ended. */
  askCompiler(question: Question): Promise<Answer | undefined>;
  /** Sends the user's input to the waiting cell. */
  sendInput(input: Input): void;
  /** Handlers for request types that this kernel answers differently, such as `kernel_info`. */
  readonly handlers: Readonly<Record<string, (content: R['content']) => Answer>>;
}

/** Milliseconds in which the client's other queued cells arrive after a failure. */
const ABORT_WINDOW_MS = 50;

/**
 * Returns a timeout in milliseconds. Loading TypeScript takes seconds, on a busy computer more than five. A
 * console gives up on `is_complete` after 1 s.
 */
const timeoutFor = ({ type }: Question): number => (type === 'is_complete' ? 600 : 20_000);

/** Requests of finished cells to remember, because timers and promises may print later. */
const MAX_FINISHED_CELLS = 1000;

/** Returns the error reply for a failure outside the cell's code. */
export const failure = (ename: string, evalue: string): Failed => ({
  status: 'error',
  ename,
  evalue,
  traceback: [`\x1b[31m${ename}\x1b[39m: ${evalue}`],
});

/** Converts a Jupyter cursor position, in code points, to a string index. */
const indexOf = (code: string, cursor: number): number =>
  [...code].slice(0, cursor).join('').length;

/** Converts a string index to a Jupyter cursor position. */
const cursorOf = (code: string, index: number): number => [...code.slice(0, index)].length;

export class RequestHandler<R extends Request> {
  private lastRun = 0;
  /** Cell requests by execution id. */
  private readonly cells = new Map<number | undefined, R>();
  /** Ids of executions without a reply. */
  private readonly unanswered = new Set<number>();
  /** The request of the most recently started cell. */
  private lastRequest: R | undefined;
  private count = 0;
  /** Execution counts and code of past cells, for the arrow keys of `jupyter console`. */
  private readonly history: [count: number, code: string][] = [];
  /** Whether a cell waits for user input. */
  private isWaitingForInput = false;

  constructor(private readonly kernel: KernelAdapter<R>) {}

  get isBusy(): boolean {
    return this.unanswered.size > 0;
  }

  /** Handles a request. Cells are enqueued at once, so the cells of "Run All" run without gaps. */
  async handleRequest(request: R): Promise<void> {
    const { msg_type } = request.header;
    if (msg_type === 'execute_request') return this.enqueueCell(request);
    if (msg_type === 'input_reply') {
      return this.sendInput({ type: 'input', text: `${request.content.value}` });
    }
    this.sendStatus('busy', request);
    // Every request gets a reply, even if the handler throws.
    const content = await this.answer(request).catch(({ name, message }) => failure(name, message));
    if (content) this.sendReply(request, content);
    this.sendStatus('idle', request);
    // Clients show the last status, so report `busy` again while a cell runs.
    if (this.isBusy && this.lastRequest) this.sendStatus('busy', this.lastRequest);
  }

  private enqueueCell(request: R): void {
    const run = ++this.lastRun;
    this.cells.set(run, request);
    this.unanswered.add(run);
    const code = String(request.content.code ?? '');
    this.kernel.sendToCells({ ...request.content, type: 'execute', code, run, count: this.count });
  }

  private async answer(request: R): Promise<Answer | undefined> {
    const { content } = request;
    const { msg_type } = request.header;
    const type = msg_type.replace(/_request$/, '');
    const handler = this.kernel.handlers[type];
    if (handler) return handler(content);
    switch (type) {
      case 'complete':
      case 'inspect':
      case 'is_complete': {
        const code = String(content.code ?? '');
        const cursor = indexOf(code, Number(content.cursor_pos ?? code.length));
        return this.askCompiler({ type, code, cursor });
      }
      case 'history': {
        const recent = this.history.slice(-(Number(content.n) || Number.POSITIVE_INFINITY));
        // The history does not contain outputs.
        const entryOf = (code: string) => (content.output === true ? [code, null] : code);
        return { status: 'ok', history: recent.map(([count, code]) => [1, count, entryOf(code)]) };
      }
      case 'note':
        this.kernel.sendToCells({ type, event: content });
        return { status: 'ok' };
      case 'comm_info':
        return { status: 'ok', comms: {} };
      case 'comm_open':
        // Cells do not use comms, so close each new comm.
        this.kernel.send('comm_close', { comm_id: content.comm_id, data: {} }, request);
    }
    if (/^comm_/.test(msg_type)) return undefined;
    // Messages that expect no reply are only logged.
    console.warn(
      `[tslab] A message of the type ${msg_type} came, which this kernel does not know.`,
    );
    if (type === msg_type) return undefined;
    throw new TypeError(`Expected a request that this kernel knows, but received ${msg_type}`);
  }

  /** Asks TypeScript, with a default reply after a timeout. */
  private async askCompiler(question: Question): Promise<Answer> {
    const { type, code, cursor } = question;
    const timeout = new Promise<undefined>(resolve => setTimeout(resolve, timeoutFor(question)));
    const reply = await Promise.race([this.kernel.askCompiler(question), timeout]);
    if (type === 'is_complete') return reply ?? { status: 'unknown' };
    if (type === 'inspect') return reply ?? { status: 'ok', found: false, data: {}, metadata: {} };
    const { cursor_start = cursor, cursor_end = cursor, ...rest } = reply ?? {};
    return {
      ...{ status: 'ok', matches: [], metadata: {}, ...rest },
      cursor_start: cursorOf(code, Number(cursor_start)),
      cursor_end: cursorOf(code, Number(cursor_end)),
    };
  }

  private sendStatus(execution_state: string, parent: R): void {
    this.kernel.send('status', { execution_state }, parent);
  }

  private sendReply(request: R, content: object): void {
    const type = request.header.msg_type.replace(/request$/, 'reply');
    this.kernel.send(type, content, request, request.channel);
  }

  /** Handles a message from the cells or the queue. */
  handleCellMessage(message: FromCells): void {
    const { send } = this.kernel;
    const parent = ('run' in message && this.cells.get(message.run)) || this.lastRequest;
    if (message.type === 'begun') this.begin(message.run, message.count);
    else if (message.type === 'answer') void this.finish(message.run, message.content);
    else if (message.type === 'ask-user') this.askUser(message.prompt);
    else if (message.type === 'stream')
      send('stream', { name: message.name, text: message.text }, parent);
    else if (message.type === 'result') {
      send('execute_result', { execution_count: this.count, ...message.content }, parent);
    } else if (message.type === 'display') {
      send(message.update ? 'update_display_data' : 'display_data', message.content, parent);
    }
  }

  private begin(run: number, execution_count: number): void {
    const request = this.cells.get(run) as R;
    const { code = '', silent } = request.content;
    if (execution_count > this.count) this.history.push([execution_count, code]);
    if (this.history.length > MAX_FINISHED_CELLS) this.history.shift();
    this.lastRequest = request;
    this.count = execution_count;
    this.sendStatus('busy', request);
    if (!silent) this.kernel.send('execute_input', { code, execution_count }, request);
  }

  private async finish(run: number, answer: Answer): Promise<void> {
    const request = this.cells.get(run) as R;
    const defaults = { payload: [], user_expressions: {}, execution_count: this.count };
    this.unanswered.delete(run);
    this.cells.delete(run - MAX_FINISHED_CELLS);
    if (answer.status === 'aborted') this.sendStatus('busy', request);
    if (answer.status === 'error') {
      // The notebook stores this message: send only the fields of the notebook format.
      const { ename, evalue, traceback } = answer;
      this.kernel.send('error', { ename, evalue, traceback }, request);
      if (request.content.stop_on_error !== false) {
        await new Promise(resolve => setTimeout(resolve, ABORT_WINDOW_MS));
        // Drop before the reply, because a client may send the next cell after the reply.
        this.kernel.sendToCells({ type: 'drop' });
      }
    }
    this.sendReply(request, answer.status === 'aborted' ? answer : { ...defaults, ...answer });
    this.sendStatus('idle', request);
  }

  /** Answers all pending cells after the thread or process has ended. The running cell gets `error`, if present. */
  abortAll(error?: Failed): void {
    this.isWaitingForInput = false;
    let answer: Answer = error ?? { status: 'aborted' };
    if (!this.isBusy && error) {
      this.kernel.send('stream', { name: 'stderr', text: `${error.evalue}\n` }, this.lastRequest);
    }
    for (const run of [...this.unanswered]) {
      void this.finish(run, answer);
      answer = { status: 'aborted' };
    }
  }

  /** Requests input from the client that sent the cell. Other clients would not show the prompt. */
  private askUser(prompt: string): void {
    this.isWaitingForInput = true;
    if (this.isBusy && this.lastRequest?.content.allow_stdin !== false) {
      this.kernel.send('input_request', { prompt, password: false }, this.lastRequest, 'stdin');
    } else this.sendInput({ type: 'no-input', why: 'unattended' });
  }

  /** Sends the user's input, or the reason for a missing input, to the waiting cell. */
  sendInput(input: Input): void {
    if (this.isWaitingForInput) this.kernel.sendInput(input);
    this.isWaitingForInput = false;
  }
}
