/** Functions of float32 by Cephes' polynomials, which are right to one or two units of the last place. */
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

/** Returns the polynomial with these coefficients, the highest first. */
const polynomial = (x: E, [first = 0, ...others]: readonly number[]) =>
  others.reduce((sum, coefficient) => add(mul(sum, x), coefficient), constant(first));

/** The logarithm of 2 in two parts, of which the first has few bits. */
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

/** Taylor's, of the sine by the angle, up to a quarter of a turn. */
const SINE = [-2.50521084e-8, 2.755731922e-6, -1.984126984e-4, 8.333333333e-3, -1 / 6, 1];

/** Returns a constant whose bits are those of a whole number. */
const bits = (value: number) =>
  constant(new Float32Array(Int32Array.of(value).buffer)[0] as number);

const integers = (op: string, x: E, y: E) => binary(`i32.${op}`, x, y);

export function exp(given: E): E {
  const x = min(max(given, -104), 89);
  const n = unary('nearest', mul(x, Math.LOG2E));
  const r = sub(sub(x, mul(n, LN2)), mul(n, LN2_REST));
  const p = add(add(mul(mul(polynomial(r, EXP), r), r), r), 1);
  // Two powers of two, each of which is a normal number.
  const exponent = unary('i32.trunc', n);
  const half = unary('i32.half', exponent);
  const power = (e: E) => unary('i32.exponent', integers('add', e, bits(127)));
  return mul(mul(p, power(half)), power(integers('sub', exponent, half)));
}

/** NaN below 0. */
export function log(x: E): E {
  const isSmall = less(x, 2 ** -126);
  const scaled = select(isSmall, mul(x, 2 ** 23), x);
  // Of x = 2^e f, with f between the roots of 1/2 and of 2.
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

/** The error function by Abramowitz and Stegun's 7.1.26, as TensorFlow.js has it: right to 1.5e-7. */
export function erf(x: E): E {
  const size = unary('abs', x);
  const t = div(1, add(1, mul(size, 0.3275911)));
  const rest = mul(mul(polynomial(t, ERF), t), exp(unary('neg', mul(x, x))));
  return mul(sub(greater(x, 0), less(x, 0)), sub(1, rest));
}

/** By a polynomial near 0, where the exponential would round it off. */
export function tanh(x: E): E {
  const square = mul(x, x);
  const size = unary('abs', x);
  const near = add(mul(mul(polynomial(square, TANH), square), x), x);
  const far = sub(1, div(2, add(exp(add(size, size)), 1)));
  return select(less(size, 0.625), near, select(less(x, 0), unary('neg', far), far));
}

/** Right for what is small, too, where 1 + x would round it off. */
export function log1p(x: E): E {
  const sum = add(x, 1);
  const rounded = sub(sum, 1);
  return select(equal(rounded, 0), x, div(mul(log(sum), x), rounded));
}

/** By the logarithm; of a number below 0, NaN if the power is not whole. */
export function pow(x: E, y: E): E {
  const size = exp(mul(y, log(unary('abs', x))));
  const odd = sub(y, mul(unary('floor', mul(y, 0.5)), 2));
  const whole = select(equal(odd, 1), unary('neg', size), constant(NaN));
  const signed = select(less(x, 0), select(equal(odd, 0), size, whole), size);
  return select(equal(y, 0), constant(1), signed);
}

/** Makes a uniform number in [0, 1), of 23 bits, of random bits that stay the same and of those of a step. */
export function uniform(bitsOfPlace: E, bitsOfStep: E): E {
  const mixed = (x: E, shift: number) => integers('xor', x, unary(`i32.above${shift}`, x));
  // The constants are of Wellons' search for hashes whose bits all depend on all.
  const given = mixed(integers('xor', bitsOfPlace, bitsOfStep), 16);
  const once = mixed(integers('mul', given, bits(0x21f0aaad)), 15);
  const twice = mixed(integers('mul', once, bits(0xd35a2d97)), 15);
  // The upper bits as those of a number in [1, 2).
  return sub(binary('or', unary('i32.above9', twice), constant(1)), 1);
}

/** Makes a number of the standard normal distribution of two uniform ones, as Box and Muller do. */
export function normal(u: E, v: E): E {
  // No logarithm is that of 0. The sine of half a turn has the distribution of that of a whole one.
  const turn = mul(sub(v, 0.5), Math.PI);
  const sine = mul(turn, polynomial(mul(turn, turn), SINE));
  return mul(sqrt(mul(log(sub(1, u)), -2)), sine);
}

/** Makes a number of the standard normal distribution between -2 and 2 of a uniform one. */
export function truncatedNormal(u: E): E {
  // By the inverse of the error function, as Giles has it for all but its tails.
  const part = mul(sub(u, 0.5), 2 * SHARE_WITHIN_TWO);
  const w = sub(unary('neg', log(sub(1, mul(part, part)))), 2.5);
  return mul(mul(part, polynomial(w, INVERSE_ERF)), Math.SQRT2);
}
