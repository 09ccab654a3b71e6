import { messages } from '../language';
import type { Typed } from '../worker-messages';

/** Ends a cell that was broken off. */
export class Interrupt extends Error {
  override readonly name = 'Interrupt';

  constructor() {
    super(messages().cells.interrupted);
  }
}

/** A run of a cell, which can be broken off, also before it has begun. */
export class Run {
  isOff = false;
  private reject: (reason: Interrupt) => void = () => {};
  private readonly brokenOff = new Promise<never>((_, reject) => {
    this.reject = reject;
  });

  /** Resolves as the work of the cell does, unless it is broken off before. */
  until<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.brokenOff]);
  }

  /** Passes on what the cell awaits. */
  readonly wait = <T>(value: T): T => {
    if (this.isOff) throw new Interrupt();
    return value;
  };

  /** Ends the cell here, and its code at its next `await`. */
  breakOff(): void {
    this.isOff = true;
    this.reject(new Interrupt());
  }
}

/** Makes `prompt` by a function that asks, and waits. It is declared in `globals.d.ts`. */
export const promptBy =
  (ask: (prompt: string) => Typed) =>
  (message: unknown = '', preset: unknown = ''): string => {
    const answer = ask(preset === '' ? String(message) : `${message} [${preset}] `);
    if (answer.type === 'input') return answer.text || String(preset);
    if (answer.why === 'interrupted') throw new Interrupt();
    const error = new Error(messages().cells[answer.why]);
    throw Object.assign(error, { name: 'StdinNotImplementedError' });
  };
