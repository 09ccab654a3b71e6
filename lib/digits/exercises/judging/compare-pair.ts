/** Compares the learner's function of tensors, which returns two of them, with formulas for both. */
import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { compare, list } from './compare';
import { type ExerciseText, formatValue, parseArray, WrongAnswer } from './exercise';

type Pair = readonly [first: tf.Tensor, second: tf.Tensor];

type PairText = ExerciseText & {
  readonly wrong: Readonly<Record<string, string>>;
  readonly other: { pair(received: string): string };
};

interface PairQuestion<Inputs extends readonly unknown[], Given extends readonly unknown[], Text> {
  /** Draws the inputs of calls, to ask about the first or the second. */
  draw(at: 0 | 1): readonly Inputs[];
  give(...inputs: Inputs): Given;
  right(...given: Given): Pair;
  /** What is taken for right, by the name of the reason that it is not: both, or one of the two. */
  readonly wrong: Readonly<Record<string, readonly ((...given: Given) => Partial<Pair>)[]>>;
  /** Names the first of the two, or the second, for these inputs. */
  named(text: Text, at: 0 | 1, inputs: Inputs): string;
}

/**
 * Makes a judge that asks about the first tensor, then about the second, and throws WrongAnswer if one
 * of them differs from that of the right formula; and whole pairs of the wrong formulas.
 */
export function comparingPairs<
  Inputs extends readonly unknown[],
  Given extends readonly unknown[],
  Text extends PairText,
>({ draw, give, right, wrong, named }: PairQuestion<Inputs, Given, Text>) {
  type Formula = (...given: Given) => Pair;
  // What a formula says nothing about is right.
  const formulas = mapped(wrong, formula => (...given: Given): Pair => {
    const [[first, second], taken] = [right(...given), formula(...given)];
    return [taken[0] ?? first, taken[1] ?? second];
  });
  const judge = async (answer: unknown, text: Text): Promise<void> => {
    for (const at of [0, 1] as const) {
      const numbersOf =
        (formula: Formula) =>
        (...inputs: Inputs) =>
          tf.tidy(() => formula(...give(...inputs))[at].arraySync() as never) as Nested;
      await compare<Inputs, Nested, Text>(
        answer,
        {
          draw: () => draw(at),
          give,
          right: numbersOf(right),
          wrong: mapped(formulas, numbersOf),
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
  };
  return { formulas, judge };
}

const mapped = <A, B>(lists: Readonly<Record<string, readonly A[]>>, change: (item: A) => B) =>
  Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, items.map(change)]));
