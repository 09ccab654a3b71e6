/** The parts of an exercise: texts, judge, and the errors that reject an answer. */
import type { Figure } from '../../figures/figure';
import type { Language } from '../../language';

type Message = string | ((...values: never[]) => string);

/** The texts of an exercise in one language: the notebook cells and the messages about an answer. */
export interface ExerciseText {
  readonly title: string;
  /** Paragraphs of Markdown. */
  readonly task: readonly string[];
  /** Initial code of the cell, without the call of `check`. */
  readonly starter: string;
  /** A hint after the first wrong answer, and a stronger hint after all later ones. */
  readonly hints: readonly [string, string];
  /** Names the inputs of a call. By default, messages list all inputs. */
  readonly inputs?: (...inputs: string[]) => string;
  /** Explanations of mistakes, by the mistake's name in the code. */
  readonly wrong: Readonly<Record<string, Message>>;
  /** Possible cause of a result of NaN or Infinity. */
  readonly notFinite?: string;
  /** Other messages of the judge. */
  readonly other?: Readonly<Record<string, Message>>;
  /** Explains why the answer is right. */
  readonly reward: Message;
  /** Explains the solution in a sentence or two, above the code. */
  readonly reasoning: string;
  /** Code of a right answer, without the call of `check`. */
  readonly solution: string;
}

/** An exercise without an entry in the list of all exercises: texts and judge. */
export interface Task<T extends ExerciseText = ExerciseText> {
  readonly texts: Record<Language, T>;
  /**
   * Judges an answer by its properties, so that every right answer passes.
   *
   * @returns an explanation why the answer is right.
   * @throws WrongAnswer with an explanation of the mistake.
   */
  verify(answer: unknown, text: T): string | Promise<string>;
  /** Creates a figure to display below a right answer. */
  figure?(answer: unknown): Promise<Figure>;
  /** Formulas of common mistakes, by the name of the mistake. */
  readonly formulas?: Readonly<Record<string, Formula | readonly Formula[]>>;
}

/** Creates an exercise from its texts in both languages, further parts, and its judge. */
export const task = <T extends ExerciseText>(
  { en, zh, ...parts }: Task<T>['texts'] & Pick<Task<T>, 'figure' | 'formulas'>,
  verify: Task<T>['verify'],
): Task<T> => ({ texts: { en, zh }, ...parts, verify });

export interface Exercise extends Task {
  /** Stage and position within the stage, such as `4.2`. */
  readonly id: string;
  /** Number of stars in the title. */
  readonly level: 1 | 2 | 3;
  /** Number of the lesson's aim that the exercise assesses. */
  readonly aim: 1 | 2 | 3 | 4 | 5;
  /** Expression that the cell passes to `check`. */
  readonly answer: string;
}

type Formula = (...inputs: never[]) => unknown;

/** Rejects an answer. The message explains the mistake to the learner. */
export class WrongAnswer extends Error {
  override readonly name: string = 'WrongAnswer';
}

export class NoAnswer extends WrongAnswer {
  override readonly name = 'NoAnswer';
}

export function fail(reason: string): never {
  throw new WrongAnswer(reason);
}

export function failIf(isWrong: boolean, reason: string): void {
  if (isWrong) fail(reason);
}
