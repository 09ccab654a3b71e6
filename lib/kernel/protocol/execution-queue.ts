/** Runs the cells one after the other, and tells of them as Jupyter's protocol wants it, also of those that ran. */
import { failed } from '../errors/failed';
import {
  type Answer,
  type DisplayContent,
  type Failed,
  MOST_RAN,
  type Question,
} from '../worker-messages';
import type { Content, Request, Sockets } from './sockets';

type ExecuteRequest = {
  readonly code: string;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
  readonly user_expressions?: Readonly<Record<string, string>>;
};

/** Milliseconds in which the cells come that were asked for together with one that fails. */
const TOGETHER = 50;

const NO_CODE = { name: 'Error', message: 'Expected a cell in "code", as text', frames: [] };

export class ExecutionQueue {
  /** Whether a cell runs, or those behind one that failed are being dropped. */
  isRunning = false;
  /** The cell that the cells' thread has not answered. */
  running: Request | undefined;
  /** The cell that runs, or that ran last, whose output may still come. */
  parent: Request | undefined;
  /** What the learner is to read with the next cell. */
  notice: string | undefined;
  /** The numbers and codes of the cells that ran: `jupyter console` has them by its arrow keys. */
  readonly history: [count: number, code: string][] = [];
  private readonly waiting: Request[] = [];
  private count = 0;
  private runs = 0;
  /** The cells that have run, by their runs: what they show may come later. */
  private readonly ran = new Map<number | undefined, Request>();

  /** @param cancel tells that the cells that wait will not run. */
  constructor(
    private readonly sockets: Sockets,
    private readonly ask: (question: Question) => Promise<Answer>,
    private readonly cancel: () => void,
  ) {}

  async add(request: Request): Promise<void> {
    this.waiting.push(request);
    if (this.isRunning) return;
    this.isRunning = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) await this.run(next);
    this.isRunning = false;
  }

  private async run(request: Request): Promise<void> {
    const { sockets } = this;
    const { silent = false, ...wanted } = request.content as ExecuteRequest;
    const isCell = typeof wanted.code === 'string';
    const code = isCell ? wanted.code : '';
    if (!silent && wanted.store_history !== false) this.history.push([++this.count, code]);
    const execution_count = this.count;
    const run = ++this.runs;
    this.parent = request;
    this.ran.set(run, request);
    this.ran.delete(run - MOST_RAN);
    sockets.publish('status', { execution_state: 'busy' }, request);
    if (!silent) sockets.publish('execute_input', { code, execution_count }, request);
    if (this.notice && !silent) {
      sockets.publish('stream', { name: 'stderr', text: `${this.notice}\n` }, request);
      this.notice = undefined;
    }
    const expressions = wanted.user_expressions ?? {};
    this.running = request;
    const answer = isCell
      ? await this.ask({ type: 'execute', code, count: execution_count, run, silent, expressions })
      : failed(NO_CODE);
    this.running = undefined;
    if (answer.status === 'error') {
      const { ename, evalue, traceback } = answer as Failed;
      sockets.publish('error', { ename, evalue, traceback }, request);
      // Before the reply, at which a client may ask for the next one.
      if (wanted.stop_on_error !== false) await this.drop();
    }
    this.end(request, { payload: [], user_expressions: {}, ...answer, execution_count });
  }

  /** Returns the cell of a run; the last one if it is not known. */
  parentOf(run: number | undefined): Request | undefined {
    return this.ran.get(run) ?? this.parent;
  }

  showResult(content: DisplayContent): void {
    const result = { execution_count: this.count, ...content };
    this.sockets.publish('execute_result', result, this.parent);
  }

  private async drop(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, TOGETHER));
    this.cancel();
    for (const request of this.waiting.splice(0)) {
      this.sockets.publish('status', { execution_state: 'busy' }, request);
      this.end(request, { status: 'aborted' });
    }
  }

  private end(request: Request, content: Content): void {
    this.sockets.reply('shell', request, 'execute_reply', content);
    this.sockets.publish('status', { execution_state: 'idle' }, request);
  }
}
