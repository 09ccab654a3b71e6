/** Compares the learner's function of tensors, which returns two of them, with formulas for both. */
import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { compare, list } from './compare';
import { type ExerciseText, formatValue, parseArray, type Task, WrongAnswer } from './exercise';

type Given = readonly (tf.Tensor | number)[];
type Pair = readonly [first: tf.Tensor, second: tf.Tensor];

export interface PairQuestion<
  Inputs extends readonly unknown[],
  G extends Given,
  Text extends PairText,
> {
  /** Draws the inputs of calls, to ask about the first or the second. */
  draw(at: 0 | 1): readonly Inputs[];
  /** Makes what the function is given. */
  give(...inputs: Inputs): G;
  right(...given: G): Pair;
  /** What is taken for right, by the name of the reason that it is not: both, or one of the two. */
  readonly wrong: Readonly<
    Partial<Record<keyof Text['wrong'], readonly ((...given: G) => Partial<Pair>)[]>>
  >;
  /** Names the first of the two, or the second, for these inputs. */
  named(text: Text, at: 0 | 1, inputs: Inputs): string;
}

type PairText = ExerciseText & {
  readonly wrong: Readonly<Record<string, string>>;
  readonly other: { pair(received: string): string };
};

/**
 * Asks about the first tensor, then about the second.
 *
 * @throws WrongAnswer if one of them differs from that of the right formula.
 */
export async function comparePair<
  Inputs extends readonly unknown[],
  G extends Given,
  Text extends PairText,
>(answer: unknown, question: PairQuestion<Inputs, G, Text>, text: Text): Promise<void> {
  const { draw, give, right, named } = question;
  for (const at of [0, 1] as const) {
    const numbersOf =
      (formula: (...given: G) => Partial<Pair>) =>
      (...inputs: Inputs) =>
        tf.tidy(() => formula(...give(...inputs))[at]?.arraySync() as tf.TensorContainer) as Nested;
    const wrong = entriesOf(question).map(([name, formulas]) => [name, formulas.map(numbersOf)]);
    await compare<Inputs, Nested, Text>(
      answer,
      {
        draw: () => draw(at),
        give,
        right: numbersOf(right),
        wrong: Object.fromEntries(wrong),
        read(result, { other }) {
          if (!Array.isArray(result) || result.length !== 2)
            throw new WrongAnswer(other.pair(formatValue(result)));
          const numbers = result.map(parseArray);
          tf.dispose(result);
          return numbers[at] as Nested;
        },
        // A vector as a row of its own is added alike.
        same: (a, b) => list.same([a].flat(2), [b].flat(2)),
        named: (text, inputs) => named(text, at, inputs),
      },
      text,
    );
  }
}

/** Makes answers of the formulas that are taken for the right one: what they say nothing about is right. */
export const wrongPairs = <G extends Given>(
  question: Pick<PairQuestion<never, G, PairText>, 'right' | 'wrong'>,
): Task['formulas'] =>
  Object.fromEntries(
    entriesOf(question).map(([name, formulas]) => [
      name,
      formulas.map(formula => (...given: G) => {
        const taken = formula(...given);
        return question.right(...given).map((part, at) => taken[at] ?? part);
      }),
    ]),
  );

const entriesOf = <G extends Given>({ wrong }: { readonly wrong: object }) =>
  Object.entries(wrong) as [string, ((...given: G) => Partial<Pair>)[]][];
