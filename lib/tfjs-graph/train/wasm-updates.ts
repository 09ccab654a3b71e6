import { add, constant, div, type Expression, load, mul, sqrt, sub } from '../wasm/expression';
import { type Builder, expressionOf, type Placed, sizeOf, type Tensor } from '../wasm/ir';
import type { FusedOptimizer } from './optimizers';

type E = Expression;

/** Returns the next values of a weight and the slots, from the gradient and the step's scalars. */
type Update = (w: E, g: E, slots: readonly E[], scalars: readonly E[]) => E[];

/**
 * Rounds a number to a multiple of `unit`, unless the number is at least 2 ** 24 times as large. Without rounding,
 * averages of vanishing gradients and squares of small gradients become subnormal numbers, which slow down an epoch of
 * the lesson by a fifth.
 */
const rounded = (x: E, unit: number) => {
  const large = constant(unit * 2 ** 23);
  return sub(add(x, large), large);
};

/** Rounds an average, far below the precision left by epsilon. */
const flushed = (x: E) => rounded(x, 2 ** -100);

/** The smallest gradient whose square, times a rate of 0.001, is not subnormal. */
const MIN_GRADIENT = 2 ** -57;

/** Moves an average towards a value, by a fraction of the distance. */
const moved = (mean: E, value: E, share: E) => flushed(add(mean, mul(sub(value, mean), share)));

// The parameters determine the numbers of slots and scalars.
const UPDATES = {
  descend: (w, g, _, [rate]) => [sub(w, mul(rate as E, g))],
  momentum(w, g, [m], [rate, share]) {
    const next = flushed(add(mul(share as E, m as E), g));
    return [sub(w, mul(rate as E, next)), next];
  },
  /** Momentum with Nesterov's look-ahead. */
  nesterov(w, g, [m], [rate, share]) {
    const next = flushed(add(mul(share as E, m as E), g));
    return [sub(w, mul(rate as E, add(g, mul(share as E, next)))), next];
  },
  rmsprop(w, g, [s, m], [rate, decay, share, epsilon]) {
    const square = moved(s as E, mul(g, g), sub(1, decay as E));
    const step = div(mul(rate as E, g), sqrt(add(square, epsilon as E)));
    const next = flushed(add(mul(share as E, m as E), step));
    return [sub(w, next), square, next];
  },
  /** Adam, with the bias correction in the rate. */
  adam(w, g, [m, v], [rate, beta1, beta2, epsilon]) {
    const first = moved(m as E, g, sub(1, beta1 as E));
    const second = moved(v as E, mul(g, g), sub(1, beta2 as E));
    return [sub(w, div(mul(rate as E, first), add(sqrt(second), epsilon as E))), first, second];
  },
} satisfies Record<FusedOptimizer['wasm'], Update>;

/** Adds the update of `variables`: a weight followed by the optimizer's slots. */
export function addUpdate(
  builder: Builder,
  kind: FusedOptimizer['wasm'],
  variables: readonly Placed[],
  gradient: Tensor,
  scalars: Placed,
): void {
  const [w, ...slots] = variables.map(expressionOf);
  const strides = gradient.shape.map(() => 0);
  const numbers = Array.from({ length: sizeOf(scalars.shape) }, (_, offset) =>
    load({ ...scalars.access, offset, strides }),
  );
  const update: Update = UPDATES[kind];
  const slope = expressionOf(gradient);
  // Plain gradient descent needs no rounding.
  const g = slots.length > 0 ? rounded(slope, MIN_GRADIENT) : slope;
  const next = update(w as E, g, slots, numbers);
  const stores = variables.map(({ access }, i) => ({
    access: { ...access },
    expression: next[i] as E,
  }));
  builder.loop(gradient.shape, stores);
}
