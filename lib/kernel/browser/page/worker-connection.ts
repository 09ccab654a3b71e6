/** Connects a kernel in the page to the worker that runs its cells. */

import {
  type Answer,
  type FromCells,
  PendingRequests,
  type Question,
  type ToCells,
} from '../../worker-messages';

/** What the worker says beside its answers. */
export type Said = Exclude<FromCells, { type: 'ready' | 'answer' }>;

export class WorkerConnection {
  private readonly worker: Worker;
  private readonly questions = new PendingRequests(message => this.send(message));

  /** Resolves once it can run cells, or cannot be loaded. */
  readonly ready: Promise<void>;

  /**
   * @param language of what the worker says, until a cell chooses another.
   * @param hear is told of all that is not an answer.
   * @param onFailure is told where the worker cannot be loaded.
   */
  constructor(
    address: string,
    language: 'zh' | 'en',
    private readonly hear: (said: Said) => void,
    onFailure: (reason: string) => void,
  ) {
    this.worker = new Worker(address, { type: 'module', name: language });
    this.ready = new Promise(resolve => {
      this.worker.addEventListener('error', event => {
        onFailure(event.message ?? '');
        resolve();
      });
      this.worker.addEventListener('message', ({ data }: MessageEvent<FromCells>) => {
        if (data.type === 'ready') resolve();
        else if (data.type === 'answer') this.questions.settle(data.id, data.content);
        else this.hear(data);
      });
    });
  }

  /** Whether an answer is awaited. */
  get isBusy(): boolean {
    return this.questions.areOpen;
  }

  ask(question: Question): Promise<Answer> {
    return this.questions.ask(question);
  }

  interrupt(): void {
    this.send({ type: 'interrupt' });
  }

  /** Ends the worker; what was asked is answered with this. */
  end(answer: Answer): void {
    this.worker.terminate();
    this.questions.settleAll(answer);
  }

  private send(message: ToCells): void {
    this.worker.postMessage(message);
  }
}
