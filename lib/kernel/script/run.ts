import { messages } from '../language';

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
