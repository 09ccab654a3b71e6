/** Inputs drawn anew at each check, so that no answer can be made for one example alone. */

/** Draws a whole number; both ends may come. */
export const integer = (from: number, to: number): number =>
  from + Math.floor(Math.random() * (to - from + 1));

/** Draws numbers with two decimals, short enough to be read in a message. */
export const numbers = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, () => integer(from * 100, to * 100) / 100);

/** Draws a probability for each class: all positive, with sum 1. */
export function probabilities(classes: number): number[] {
  const shares = Array.from({ length: classes }, () => integer(1, 1000));
  const sum = shares.reduce((a, b) => a + b);
  return shares.map(share => share / sum);
}

/** Brings the items into another order, or by chance into the same. */
export function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(integer(0, left.length - 1), 1));
}
