/** The page's side: runs cells in a worker of their own, one after the other, each for a limited time. */
import { PageChecker } from 'kernel/browser/page/checker';
import type { FromCells } from 'kernel/worker-messages';
import type { Ran, Told } from './protocol';

/** Milliseconds of silence after which a cell that computes is stopped, and for which it may then go on, as on the website. */
const [SILENCE, PATIENCE] = [30_000, 3000];

type Answer = { status: string; ename?: string; evalue?: string };
type FromWorker = FromCells | { readonly type: 'judge'; readonly port: MessagePort };

class Cells {
  private readonly worker: Worker;
  private readonly checker: PageChecker;
  private port: MessagePort | undefined;
  private address = '';
  private runs = 0;
  private lastHeard = 0;
  private answered = (_: Answer): void => {};
  private told = (_: Told): void => {};
  /** Resolves once nothing can be changed any more. */
  readonly sealed: Promise<Told>;

  constructor(language: string) {
    this.sealed = this.nextTold();
    this.worker = new Worker('worker.js', { type: 'module', name: language });
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    this.checker = new PageChecker(new URL('checker.js', location.href).href, port =>
      this.worker.postMessage({ type: 'checker', port }, port ? [port] : []),
    );
    // It comes for a cell alone that cannot be read without it.
    this.checker.busy = true;
    this.interrupt();
  }

  private hear(said: FromWorker): void {
    if (said.type === 'judge') {
      // The first message: no cell has run yet.
      this.port ??= said.port;
      this.port.onmessage = ({ data }: MessageEvent<Told | 'here'>) => {
        this.lastHeard = performance.now();
        if (data !== 'here') this.told(data);
      };
    } else if (said.type === 'need-checker') this.checker.load();
    else if (said.type === 'closed') this.answered({ status: 'closed' });
    else if (said.type === 'answer' && said.id === this.runs) this.answered(said.content as Answer);
  }

  private nextTold(): Promise<Told> {
    return new Promise(resolve => {
      this.told = resolve;
    });
  }

  private interrupt(): void {
    URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(new Blob());
    this.worker.postMessage({ type: 'interrupt', address: this.address });
  }

  /** Waits for work that is interrupted when its time is up; `result` is undefined if it does not hear that. */
  private async within<T>(limit: number, work: Promise<T>) {
    const start = performance.now();
    this.lastHeard = start;
    let stopped: number | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    const dead = new Promise<undefined>(resolve => {
      timer = setInterval(() => {
        const now = performance.now();
        if (stopped !== undefined) return now - stopped > PATIENCE && resolve(undefined);
        if (now - start < limit && now - this.lastHeard < SILENCE)
          return this.port?.postMessage('there?');
        stopped = now;
        this.interrupt();
      }, 500);
    });
    const result = await Promise.race([work, dead]);
    clearInterval(timer);
    return { result, isStopped: stopped !== undefined };
  }

  /**
   * Runs a cell, and has what it has made judged.
   *
   * @param own exercises of the cell, which are not judged again if it had to be stopped.
   */
  async run(code: string, limit: number, own: readonly string[]): Promise<Ran> {
    const run = ++this.runs;
    const answer = new Promise<Answer>(resolve => {
      this.answered = resolve;
    });
    this.worker.postMessage({ type: 'execute', code, run, count: run, stop_on_error: false });
    const cell = await this.within(limit, answer);
    const { status, ename, evalue } = cell.result ?? { status: 'dead' };
    const lost = { judged: [], noticed: [] };
    if (status === 'closed' || status === 'dead') return { end: status, ...lost };
    const told = this.nextTold();
    this.port?.postMessage(cell.isStopped ? own : []);
    const judge = await this.within(limit, told);
    if (!judge.result) return { end: 'dead', ...lost };
    const end = cell.isStopped || judge.isStopped ? 'stopped' : status === 'ok' ? 'ok' : 'error';
    return { end, ename, evalue, ...judge.result };
  }
}

Object.assign(window, { Cells });
