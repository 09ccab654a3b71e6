import { messages } from '../language';
import type { Input } from '../worker-messages';

/** Ends an interrupted cell. */
export class Interrupt extends Error {
  override readonly name = 'Interrupt';

  constructor() {
    super(messages().cells.interrupted);
  }
}

/** The execution of a cell. An interrupt may arrive before the start. */
export class Run {
  isInterrupted = false;
  private reject: (reason: Interrupt) => void = () => {};
  private readonly interruption = new Promise<never>((_, reject) => {
    this.reject = reject;
  });

  /** Settles like the cell's promise, or rejects at an interrupt. */
  raceInterrupt<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.interruption]);
  }

  /** Returns an awaited value, or throws after an interrupt. */
  readonly wait = <T>(value: T): T => {
    if (this.isInterrupted) throw new Interrupt();
    return value;
  };

  /** Ends the cell now, and the code at the next `await`. */
  interrupt(): void {
    this.isInterrupted = true;
    this.reject(new Interrupt());
  }
}

/** Returns `prompt`, given a function that requests input and blocks. `globals.d.ts` declares `prompt`. */
export const createPrompt =
  (ask: (prompt: string) => Input) =>
  (message: unknown = '', preset: unknown = ''): string => {
    const answer = ask(preset === '' ? String(message) : `${message} [${preset}] `);
    if (answer.type === 'input') return answer.text || String(preset);
    if (answer.why === 'interrupted') throw new Interrupt();
    const error = new Error(messages().cells[answer.why]);
    throw Object.assign(error, { name: 'StdinNotImplementedError' });
  };
