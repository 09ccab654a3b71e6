import type { Text } from '../language';

/** An exercise of the notebook: how its answer is judged. */
export interface Exercise {
  /** The stage, and the place in it, such as `4.2`. */
  readonly id: string;
  /**
   * Judges an answer by its properties, so that every right one passes.
   *
   * @returns why it is right.
   * @throws Mistake that says what is wrong with it, and why.
   */
  readonly verify: (answer: unknown) => Text | Promise<Text>;
  /** The formulas that are taken for the right one, each with the reason that it is not, if the answer is a function. */
  readonly mistakes?: readonly (Text & { readonly of: (...inputs: never[]) => unknown })[];
  /** The first is for the first wrong try; the second says more, and is for all that follow. */
  readonly hints: readonly [Text, Text];
}

/** An answer is wrong; `why` tells the learner what is, and why. */
export class Mistake extends Error {
  override readonly name: string = 'Mistake';
  constructor(readonly why: Text) {
    super(why.en);
  }
}

/** There is no answer yet. */
export class Blank extends Mistake {
  override readonly name = 'Blank';
}

/**
 * Refutes an answer.
 *
 * @throws Mistake where `wrong` is true.
 */
export function refute(wrong: boolean, why: Text): void {
  if (wrong) throw new Mistake(why);
}
