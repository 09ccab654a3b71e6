/** The questions that a front has asked of the cells' thread, until they are answered. */
import type { Answer, Question, ToCells } from './worker-messages';

export class Questions {
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private count = 0;

  constructor(private readonly send: (message: ToCells) => void) {}

  /** Whether an answer is awaited. */
  get areOpen(): boolean {
    return this.asked.size > 0;
  }

  ask(question: Question): Promise<Answer> {
    const id = this.count++;
    return new Promise(resolve => {
      this.asked.set(id, resolve);
      this.send({ ...question, id });
    });
  }

  settle(id: number, answer: Answer): void {
    this.asked.get(id)?.(answer);
    this.asked.delete(id);
  }

  /** Answers all that was asked in the place of a thread that has ended. */
  settleAll(answer: Answer): void {
    for (const id of [...this.asked.keys()]) this.settle(id, answer);
  }
}
