/** Connects a kernel in the page to the worker that runs its cells. */
import type { Answer, FromCells, Question, ToCells } from '../../messages';

/** What the worker says beside its answers. */
export type Said = Exclude<FromCells, { type: 'ready' | 'answer' }>;

export class WorkerConnection {
  private readonly worker: Worker;
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private questions = 0;

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
        else if (data.type === 'answer') this.settle(data.id, data.content);
        else this.hear(data);
      });
    });
  }

  /** Whether an answer is awaited. */
  get isBusy(): boolean {
    return this.asked.size > 0;
  }

  ask(question: Question): Promise<Answer> {
    const id = this.questions++;
    return new Promise(resolve => {
      this.asked.set(id, resolve);
      this.send({ ...question, id });
    });
  }

  interrupt(): void {
    this.send({ type: 'interrupt' });
  }

  /** Ends the worker; what was asked is answered with this. */
  end(answer: Answer): void {
    this.worker.terminate();
    for (const id of [...this.asked.keys()]) this.settle(id, answer);
  }

  private settle(id: number, answer: Answer): void {
    this.asked.get(id)?.(answer);
    this.asked.delete(id);
  }

  private send(message: ToCells): void {
    this.worker.postMessage(message);
  }
}
