import type { FusedOptimizer } from '../optimizers';
import { add, constant, div, type Expression, load, mul, sqrt, sub } from './expression';
import { type Builder, expressionOf, type Placed, sizeOf, type Tensor } from './ir';

type E = Expression;

/** The next values of a weight and of its slots, given its gradient and the numbers of a step. */
type Update = (w: E, g: E, slots: readonly E[], scalars: readonly E[]) => E[];

/**
 * Rounds a number to a multiple of `least`, unless it is larger by 2 ** 24 and more, and stays as it is. Means of
 * weights without a gradient decay to subnormal numbers, and squares of small gradients are subnormal; a processor
 * takes several times as long for each, and an epoch of the lesson a fifth longer.
 */
const rounded = (x: E, least: number) => {
  const large = constant(least * 2 ** 23);
  return sub(add(x, large), large);
};

/** Rounds a mean, far below what an epsilon leaves of it. */
const flushed = (x: E) => rounded(x, 2 ** -100);

/** The least gradient whose square, times a share of a thousandth, is not subnormal. */
const LEAST_GRADIENT = 2 ** -57;

/** Moves a mean by a share of the way to a value. */
const moved = (mean: E, value: E, share: E) => flushed(add(mean, mul(sub(value, mean), share)));

// Each has as many slots, and takes as many numbers, as it names.
const UPDATES = {
  descend: (w, g, _, [rate]) => [sub(w, mul(rate as E, g))],
  momentum(w, g, [m], [rate, share]) {
    const next = flushed(add(mul(share as E, m as E), g));
    return [sub(w, mul(rate as E, next)), next];
  },
  /** The same with Nesterov's look ahead. */
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
  /** Adam, whose bias correction is in the rate. */
  adam(w, g, [m, v], [rate, beta1, beta2, epsilon]) {
    const first = moved(m as E, g, sub(1, beta1 as E));
    const second = moved(v as E, mul(g, g), sub(1, beta2 as E));
    return [sub(w, div(mul(rate as E, first), add(sqrt(second), epsilon as E))), first, second];
  },
} satisfies Record<FusedOptimizer['wasm'], Update>;

/**
 * Adds the update of a weight, and of what the optimizer keeps for it.
 *
 * @param places of the weight, then of its slots.
 */
export function addUpdate(
  builder: Builder,
  kind: FusedOptimizer['wasm'],
  places: readonly Placed[],
  gradient: Tensor,
  scalars: Placed,
): void {
  const [w, ...slots] = places.map(expressionOf);
  const strides = gradient.shape.map(() => 0);
  const numbers = Array.from({ length: sizeOf(scalars.shape) }, (_, offset) =>
    load({ ...scalars.access, offset, strides }),
  );
  const update: Update = UPDATES[kind];
  const slope = expressionOf(gradient);
  // Plain descent squares nothing, and keeps nothing.
  const g = slots.length > 0 ? rounded(slope, LEAST_GRADIENT) : slope;
  const next = update(w as E, g, slots, numbers);
  const stores = places.map(({ access }, i) => ({ access: { ...access }, of: next[i] as E }));
  builder.loop(gradient.shape, stores);
}
