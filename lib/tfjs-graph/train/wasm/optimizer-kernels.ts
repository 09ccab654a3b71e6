/** The steps of optimizers, see {@link OptimizerKernels}: each array has the shape of the weights. */
import { at } from '../../present';
import { type Code, f32x4 } from './assembler';
import { elementwise, type Vectors } from './elementwise';

/** Addresses and lengths are in bytes, lengths whole vectors. */
export interface OptimizerKernels {
  /** Takes a step of gradient descent: `w -= rate g`. */
  descend(w: number, g: number, length: number, rate: number): void;
  /** Takes a step along the momentum: `m = share m + g`, `w -= rate m`. */
  momentum(w: number, g: number, m: number, length: number, rate: number, share: number): void;
  /** The same with Nesterov's look ahead: `w -= rate (g + share m)`. */
  nesterov(w: number, g: number, m: number, length: number, rate: number, share: number): void;
  /** `s += oneMinusDecay (g² - s)`, `m = share m + rate g / sqrt(s + epsilon)`, `w -= m`. */
  rmsprop(
    w: number,
    g: number,
    s: number,
    m: number,
    length: number,
    rate: number,
    oneMinusDecay: number,
    share: number,
    epsilon: number,
  ): void;
  /** `s += g²`, `w -= rate g / sqrt(s + epsilon)`. */
  adagrad(w: number, g: number, s: number, length: number, rate: number, epsilon: number): void;
  /** Takes a step of Adam, whose moments are `m` and `v`. */
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    length: number,
    rate: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
  ): void;
}

const { add, sub, mul, div, sqrt } = f32x4;
const [W, G] = [0, 1];
const square = (value: Code): Code => mul(value, value);

type Variable = ReturnType<Vectors['declare']>[number];

const pair = (variables: readonly Variable[]) => [at(variables, 0), at(variables, 1)] as const;

/** Moves a mean by a share of the way to a value. */
const moved = (
  { load, store }: Vectors,
  array: number,
  mean: Variable,
  value: Code,
  share: Code,
): Code =>
  [
    mean.set(load(array)),
    mean.set(add(mean.get, mul(sub(value, mean.get), share))),
    store(array, mean.get),
  ].flat();

const descend = elementwise(2, 1, ({ load, store, scalar }) => [
  store(W, sub(load(W), mul(scalar(0), load(G)))),
]);

const alongMomentum = (isNesterov: boolean) =>
  elementwise(3, 2, ({ load, store, scalar, declare }) => {
    const [rate, share] = [scalar(0), scalar(1)];
    const m = at(declare(1), 0);
    const direction = isNesterov ? add(load(G), mul(share, m.get)) : m.get;
    return [
      m.set(add(mul(share, load(2)), load(G))),
      store(2, m.get),
      store(W, sub(load(W), mul(rate, direction))),
    ];
  });

const rmsprop = elementwise(4, 4, vectors => {
  const { load, store, scalar, declare } = vectors;
  const [rate, oneMinusDecay, share, epsilon] = [scalar(0), scalar(1), scalar(2), scalar(3)];
  const [s, m] = pair(declare(2));
  return [
    moved(vectors, 2, s, square(load(G)), oneMinusDecay),
    m.set(add(mul(share, load(3)), div(mul(rate, load(G)), sqrt(add(s.get, epsilon))))),
    store(3, m.get),
    store(W, sub(load(W), m.get)),
  ];
});

const adagrad = elementwise(3, 2, ({ load, store, scalar, declare }) => {
  const [rate, epsilon] = [scalar(0), scalar(1)];
  const s = at(declare(1), 0);
  return [
    s.set(add(load(2), square(load(G)))),
    store(2, s.get),
    store(W, sub(load(W), div(mul(rate, load(G)), sqrt(add(s.get, epsilon))))),
  ];
});

const adam = elementwise(4, 4, vectors => {
  const { load, store, scalar, declare } = vectors;
  const [rate, oneMinusBeta1, oneMinusBeta2, epsilon] = [
    scalar(0),
    scalar(1),
    scalar(2),
    scalar(3),
  ];
  const [m, v] = pair(declare(2));
  return [
    moved(vectors, 2, m, load(G), oneMinusBeta1),
    moved(vectors, 3, v, square(load(G)), oneMinusBeta2),
    store(W, sub(load(W), div(mul(rate, m.get), add(sqrt(v.get), epsilon)))),
  ];
});

export const optimizerKernels = {
  descend,
  momentum: alongMomentum(false),
  nesterov: alongMomentum(true),
  rmsprop,
  adagrad,
  adam,
};
