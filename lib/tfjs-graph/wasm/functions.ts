/** Float32 functions by Cephes' polynomials, with errors of one or two units in the last place. */
import {
  add,
  binary,
  constant,
  div,
  type Expression,
  equal,
  greater,
  less,
  max,
  min,
  mul,
  select,
  sqrt,
  sub,
  unary,
} from './expression';

type E = Expression;

/** Evaluates a polynomial, with the highest coefficient first. */
const polynomial = (x: E, [first = 0, ...lower]: readonly number[]) =>
  lower.reduce((sum, coefficient) => add(mul(sum, x), coefficient), constant(first));

/** The logarithm of 2 as a sum; the first addend has few bits. */
const [LN2, LN2_REST] = [0.693359375, -2.1219444e-4];

const EXP = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
  5.0000001201e-1,
];
const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
const ERF = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
const TANH = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
];

const SHARE_WITHIN_TWO = 0.954499736;
const INVERSE_ERF = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3,
  -4.17768164e-3, 0.246640727, 1.50140941,
];

/** Taylor coefficients of sin(x) / x, for angles up to 90°. */
const SINE = [-2.50521084e-8, 2.755731922e-6, -1.984126984e-4, 8.333333333e-3, -1 / 6, 1];

const bits = (value: number) =>
  constant(new Float32Array(Int32Array.of(value).buffer)[0] as number);

const integers = (op: string, x: E, y: E) => binary(`i32.${op}`, x, y);

export function exp(exponent: E): E {
  const x = min(max(exponent, -104), 89);
  const n = unary('nearest', mul(x, Math.LOG2E));
  const r = sub(sub(x, mul(n, LN2)), mul(n, LN2_REST));
  const p = add(add(mul(mul(polynomial(r, EXP), r), r), r), 1);
  // Multiply by two powers of two, which are normal numbers.
  const integer = unary('i32.trunc', n);
  const half = unary('i32.half', integer);
  const power = (e: E) => unary('i32.exponent', integers('add', e, bits(127)));
  return mul(mul(p, power(half)), power(integers('sub', integer, half)));
}

/** Returns NaN for negative numbers. */
export function log(x: E): E {
  const isSmall = less(x, 2 ** -126);
  const scaled = select(isSmall, mul(x, 2 ** 23), x);
  // x = 2^e f, with f between sqrt(1/2) and sqrt(2).
  const above = integers('sub', scaled, bits(0x3f3504f3));
  const e = sub(unary('i32.exponentOf', above), mul(isSmall, 23));
  const f = integers('add', binary('and', above, bits(0x7fffff)), bits(0x3f3504f3));
  const r = sub(f, 1);
  const square = mul(r, r);
  const p = add(mul(mul(polynomial(r, LOG), r), square), mul(e, LN2_REST));
  const sum = add(add(r, sub(p, mul(square, 0.5))), mul(e, LN2));
  const isNumber = less(x, Infinity);
  const isPositive = greater(x, 0);
  return select(
    isPositive,
    select(isNumber, sum, x),
    select(equal(x, 0), constant(-Infinity), constant(NaN)),
  );
}

/** Error function by Abramowitz and Stegun's formula 7.1.26, like TensorFlow.js: accurate to 1.5e-7. */
export function erf(x: E): E {
  const size = unary('abs', x);
  const t = div(1, add(1, mul(size, 0.3275911)));
  const rest = mul(mul(polynomial(t, ERF), t), exp(unary('neg', mul(x, x))));
  return mul(sub(greater(x, 0), less(x, 0)), sub(1, rest));
}

/** Uses a polynomial near 0, to avoid cancellation. */
export function tanh(x: E): E {
  const square = mul(x, x);
  const size = unary('abs', x);
  const near = add(mul(mul(polynomial(square, TANH), square), x), x);
  const far = sub(1, div(2, add(exp(add(size, size)), 1)));
  return select(less(size, 0.625), near, select(less(x, 0), unary('neg', far), far));
}

/** Accurate for small numbers, despite the rounding of 1 + x. */
export function log1p(x: E): E {
  const sum = add(x, 1);
  const rounded = sub(sum, 1);
  return select(equal(rounded, 0), x, div(mul(log(sum), x), rounded));
}

/** Returns NaN for negative bases with a fractional exponent. */
export function pow(x: E, y: E): E {
  const size = exp(mul(y, log(unary('abs', x))));
  const odd = sub(y, mul(unary('floor', mul(y, 0.5)), 2));
  const negative = select(equal(odd, 1), unary('neg', size), constant(NaN));
  const signed = select(less(x, 0), select(equal(odd, 0), size, negative), size);
  return select(equal(y, 0), constant(1), signed);
}

/** Hashes an element's constant random bits and a step's random bits to a uniform number in [0, 1) of 23 bits. */
export function uniform(elementBits: E, stepBits: E): E {
  const mixed = (x: E, shift: number) => integers('xor', x, unary(`i32.above${shift}`, x));
  // Constants from Wellons' search for hashes with good avalanche.
  const seed = mixed(integers('xor', elementBits, stepBits), 16);
  const once = mixed(integers('mul', seed, bits(0x21f0aaad)), 15);
  const twice = mixed(integers('mul', once, bits(0xd35a2d97)), 15);
  // Use the upper bits as the mantissa of a number in [1, 2).
  return sub(binary('or', unary('i32.above9', twice), constant(1)), 1);
}

/** Returns a standard normal number from two uniform numbers, by the Box–Muller transform. */
export function normal(u: E, v: E): E {
  // 1 - u avoids the logarithm of 0. Half a turn suffices for the distribution of the sine.
  const turn = mul(sub(v, 0.5), Math.PI);
  const sine = mul(turn, polynomial(mul(turn, turn), SINE));
  return mul(sqrt(mul(log(sub(1, u)), -2)), sine);
}

/** Returns a standard normal number truncated to [-2, 2] from a uniform number. */
export function truncatedNormal(u: E): E {
  // Giles' inverse error function, without the tails.
  const part = mul(sub(u, 0.5), 2 * SHARE_WITHIN_TWO);
  const w = sub(unary('neg', log(sub(1, mul(part, part)))), 2.5);
  return mul(mul(part, polynomial(w, INVERSE_ERF)), Math.SQRT2);
}
