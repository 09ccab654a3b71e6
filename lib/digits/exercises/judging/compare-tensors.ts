/** Compares functions with several tensors as results, by formulas for each tensor. */
import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { compare, list } from './compare';
import { type ExerciseText, fail } from './exercise';
import { formatValue } from './format';
import { parseArray } from './parse';

type Results = readonly tf.Tensor[];
/** Results of a mistaken formula. Undefined results are right. */
type PartialResults = readonly (tf.Tensor | undefined)[];

type Text = ExerciseText & {
  readonly wrong: Readonly<Record<string, unknown>>;
  readonly other: { results(actual: string): string };
};

interface TensorQuestion<Inputs extends readonly unknown[], Args extends readonly unknown[], T> {
  /** Number of tensors that the function returns. */
  readonly count: number;
  /** Draws the inputs of the calls that test the result at `index`. */
  draw(index: number): readonly Inputs[];
  give(...inputs: Inputs): Args;
  right(...args: Args): Results;
  /** Mistaken formulas by the name of the mistake. */
  readonly wrong: Readonly<Record<string, readonly ((...args: Args) => PartialResults)[]>>;
  /** Names the result at `index` for these inputs. */
  named(text: T, index: number, inputs: Inputs): string;
}

/**
 * Returns complete formulas of the mistakes, and a judge. The judge compares the results sequentially, and throws
 * WrongAnswer if a result differs.
 */
export function comparingTensors<
  Inputs extends readonly unknown[],
  Args extends readonly unknown[],
  T extends Text,
>({ count, draw, give, right, wrong, named }: TensorQuestion<Inputs, Args, T>) {
  type Formula = (...args: Args) => Results;
  const formulas = mapped(wrong, formula => (...args: Args): Results => {
    const results = formula(...args);
    return right(...args).map((tensor, i) => results[i] ?? tensor);
  });
  const judge = async (answer: unknown, text: T): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const numbersOf =
        (formula: Formula) =>
        (...inputs: Inputs): Nested =>
          tf.tidy(() => itemAt(formula(...give(...inputs)), index).arraySync() as never);
      await compare<Inputs, Nested, T & { wrong: Record<string, string> }>(
        answer,
        {
          draw: () => draw(index),
          give,
          right: numbersOf(right),
          wrong: mapped(formulas, numbersOf),
          read(results, { other }) {
            if (!Array.isArray(results) || results.length !== count)
              return fail(other.results(formatValue(results)));
            const numbers = results.map(parseArray);
            tf.dispose(results);
            return itemAt(numbers, index);
          },
          // A row matrix is accepted as a vector.
          same: (a, b) => list.same([a].flat(2), [b].flat(2)),
          named: (text, inputs) => named(text, index, inputs),
        },
        text as T & { wrong: Record<string, string> },
      );
    }
  };
  return { formulas, judge };
}

const mapped = <A, B>(lists: Readonly<Record<string, readonly A[]>>, change: (item: A) => B) =>
  Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, items.map(change)]));
