/** Compares the learner's function of tensors, which returns several of them, with formulas for each. */
import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { compare, list } from './compare';
import { type ExerciseText, formatValue, parseArray, WrongAnswer } from './exercise';

type Results = readonly tf.Tensor[];
/** Results of a mistake; an undefined one is right. */
type Mistaken = readonly (tf.Tensor | undefined)[];

type ResultsText = ExerciseText & {
  readonly wrong: Readonly<Record<string, unknown>>;
  readonly other: { results(received: string): string };
};

interface TensorQuestion<
  Inputs extends readonly unknown[],
  Given extends readonly unknown[],
  Text,
> {
  /** Number of tensors that the function returns. */
  readonly count: number;
  /** Draws the inputs of the calls that ask about the result at this index. */
  draw(at: number): readonly Inputs[];
  give(...inputs: Inputs): Given;
  right(...given: Given): Results;
  /** Mistaken formulas by the name of the reason. */
  readonly wrong: Readonly<Record<string, readonly ((...given: Given) => Mistaken)[]>>;
  /** Names the result at this index, for these inputs. */
  named(text: Text, at: number, inputs: Inputs): string;
}

/**
 * Makes a judge that asks about one result after the other, and throws WrongAnswer if one differs from that of
 * the right formula; and the complete results of the mistaken formulas.
 */
export function comparingTensors<
  Inputs extends readonly unknown[],
  Given extends readonly unknown[],
  Text extends ResultsText,
>({ count, draw, give, right, wrong, named }: TensorQuestion<Inputs, Given, Text>) {
  type Formula = (...given: Given) => Results;
  const formulas = mapped(wrong, formula => (...given: Given): Results => {
    const mistaken = formula(...given);
    return right(...given).map((tensor, i) => mistaken[i] ?? tensor);
  });
  const judge = async (answer: unknown, text: Text): Promise<void> => {
    for (let at = 0; at < count; at++) {
      const numbersOf =
        (formula: Formula) =>
        (...inputs: Inputs) =>
          tf.tidy(() => itemAt(formula(...give(...inputs)), at).arraySync() as never) as Nested;
      await compare<Inputs, Nested, Text & { wrong: Record<string, string> }>(
        answer,
        {
          draw: () => draw(at),
          give,
          right: numbersOf(right),
          wrong: mapped(formulas, numbersOf),
          read(result, { other }) {
            if (!Array.isArray(result) || result.length !== count)
              throw new WrongAnswer(other.results(formatValue(result)));
            const numbers = result.map(parseArray);
            tf.dispose(result);
            return itemAt(numbers, at);
          },
          // A vector as a row of its own is added alike.
          same: (a, b) => list.same([a].flat(2), [b].flat(2)),
          named: (text, inputs) => named(text, at, inputs),
        },
        text as Text & { wrong: Record<string, string> },
      );
    }
  };
  return { formulas, judge };
}

const mapped = <A, B>(lists: Readonly<Record<string, readonly A[]>>, change: (item: A) => B) =>
  Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, items.map(change)]));
