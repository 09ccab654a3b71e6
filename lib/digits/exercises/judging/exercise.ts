import type { Language } from '../../language';

type Said = string | ((...values: never[]) => string);

/** What an exercise says in one language, in its notebooks and of an answer. */
export interface ExerciseText {
  readonly title: string;
  /** Paragraphs of Markdown. */
  readonly task: readonly string[];
  /** What stands in the cell before the learner begins, up to the call of `check`. */
  readonly starter: string;
  /** The first is for the first wrong try; the second says more, and is for all that follow. */
  readonly hints: readonly [string, string];
  /** Names the inputs of a call; unless given, they are listed. */
  readonly inputs?: (...inputs: string[]) => string;
  /** What is wrong with an answer, and why, by a name that the code uses. */
  readonly wrong: Readonly<Record<string, Said>>;
  /** Says why a result may have come to NaN or Infinity. */
  readonly notFinite?: string;
  /** What else the code says. */
  readonly other?: Readonly<Record<string, Said>>;
  /** Says why a right answer is right. */
  readonly reward: Said;
  /** Explains the solution, in one line above it. */
  readonly reasoning?: string;
  /** The code of a right answer, up to the call of `check`. */
  readonly solution: string;
}

/** An exercise of the notebook: how its answer is judged, and what is said of it. */
export interface Exercise<T extends ExerciseText = ExerciseText> {
  /** The stage, and the place in it, such as `4.2`. */
  readonly id: string;
  /** How many stars the title has. */
  readonly level: 1 | 2 | 3;
  /** The expression that the cell hands to `check`. */
  readonly answer: string;
  readonly texts: Record<Language, T>;
  /**
   * Judges an answer by its properties, so that every right one passes.
   *
   * @returns why it is right.
   * @throws WrongAnswer that says what is wrong with it, and why.
   */
  verify(answer: unknown, text: T): string | Promise<string>;
  /** The formulas that are taken for the right one, by the name of the reason that they are not. */
  readonly formulas?: Readonly<Record<string, Formula | readonly Formula[]>>;
}

type Formula = (...inputs: never[]) => unknown;

/** An answer is wrong; the message tells the learner what is, and why. */
export class WrongAnswer extends Error {
  override readonly name: string = 'WrongAnswer';
}

/** There is no answer yet. */
export class NoAnswer extends WrongAnswer {
  override readonly name = 'NoAnswer';
}

export function failIf(wrong: boolean, why: string): void {
  if (wrong) throw new WrongAnswer(why);
}
