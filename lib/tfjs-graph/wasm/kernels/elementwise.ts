import type * as tf from '@tensorflow/tfjs';
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
} from '../expression';
import { erf, exp, log, log1p, pow, tanh } from '../functions';
import { broadcast, type Tensor } from '../ir';
import type { Kernel, KernelCall } from './kernel';

type E = Expression;

const sigmoid = (x: E) => div(1, add(1, exp(sub(0, x))));
const elu = (x: E) => select(less(x, 0), sub(exp(x), 1), x);
/** Returns NaN for NaN. */
const step = (x: E, alpha: number) =>
  select(greater(x, 0), constant(1), select(equal(x, x), constant(alpha), x));
const [SELU_SCALE, SELU_ALPHA] = [1.0507009873554805, 1.7580993408473768];

type Attrs = Readonly<Record<string, number>>;

const UNARY: Readonly<Record<string, (x: E, attrs: Attrs) => E>> = {
  Abs: x => unary('abs', x),
  ClipByValue: (x, { clipValueMin = 0, clipValueMax = 0 }) =>
    min(max(x, clipValueMin), clipValueMax),
  Elu: elu,
  Erf: x => erf(x),
  Exp: x => exp(x),
  Floor: x => unary('floor', x),
  LeakyRelu: (x, { alpha = 0 }) => select(less(x, 0), mul(x, alpha), x),
  Log: x => log(x),
  Log1p: x => log1p(x),
  LogicalNot: x => sub(1, x),
  Neg: x => unary('neg', x),
  Reciprocal: x => div(1, x),
  Relu: x => max(x, 0),
  Relu6: x => min(max(x, 0), 6),
  Round: x => unary('nearest', x),
  Rsqrt: x => div(1, sqrt(x)),
  Selu: x => select(less(x, 0), mul(SELU_ALPHA, sub(exp(x), 1)), mul(SELU_SCALE, x)),
  Sigmoid: sigmoid,
  Sign: x => sub(greater(x, 0), less(x, 0)),
  // Avoids overflow, and cancellation for small numbers.
  Softplus: x => add(max(x, 0), log1p(exp(unary('neg', unary('abs', x))))),
  Sqrt: x => sqrt(x),
  Square: x => mul(x, x),
  Step: (x, { alpha = 0 }) => step(x, alpha),
  Tanh: x => tanh(x),
};

const BINARY: Readonly<Record<string, (a: E, b: E) => E>> = {
  Add: (a, b) => add(a, b),
  FloorDiv: (a, b) => unary('floor', div(a, b)),
  Maximum: (a, b) => max(a, b),
  Minimum: (a, b) => min(a, b),
  Multiply: (a, b) => mul(a, b),
  Pow: (a, b) => pow(a, b),
  RealDiv: (a, b) => div(a, b),
  SquaredDifference: (a, b) => mul(sub(a, b), sub(a, b)),
  Sub: (a, b) => sub(a, b),
};

const CONDITIONS: Readonly<Record<string, (a: E, b: E) => E>> = {
  Equal: (a, b) => equal(a, b),
  Greater: (a, b) => greater(a, b),
  GreaterEqual: (a, b) => binary('greaterEqual', a, b),
  Less: (a, b) => less(a, b),
  LessEqual: (a, b) => binary('lessEqual', a, b),
  LogicalAnd: (a, b) => mul(a, b),
  LogicalOr: (a, b) => max(a, b),
  NotEqual: (a, b) => binary('notEqual', a, b),
};

/** Creates elementwise kernels from functions of the inputs' numbers and the attributes. */
const mapped = (
  table: Readonly<Record<string, (...operands: never[]) => E>>,
  dtype?: 'bool',
): Record<string, Kernel> =>
  Object.fromEntries(
    Object.entries(table).map(([name, f]): [string, Kernel] => [
      name,
      ({ all, attrs, builder }) =>
        builder.map(all, (...operands) => f(...([...operands, attrs] as never[])), dtype),
    ]),
  );

/** Applies the activation of a fused kernel. */
export function activated({ attrs, builder, named }: KernelCall, x: Tensor): Tensor {
  const { activation = 'linear', leakyreluAlpha: alpha = 0 } = attrs as Attrs & {
    activation?: string;
  };
  if (activation === 'linear') return x;
  const f = UNARY[activation.charAt(0).toUpperCase() + activation.slice(1)];
  if (!f || named.preluActivationWeights) throw new RangeError(`Expected no ${activation}`);
  return builder.map([x], value => f(value, { alpha }));
}

export const elementwise: Readonly<Record<string, Kernel>> = {
  ...mapped(UNARY),
  ...mapped(BINARY),
  ...mapped(CONDITIONS, 'bool'),
  Cast({ x, attrs, builder }) {
    const dtype = attrs.dtype as tf.DataType;
    if ([x.dtype, 'float32'].includes(dtype)) return { ...x, dtype };
    if (dtype === 'bool')
      return builder.map([x], value => binary('notEqual', value, constant(0)), dtype);
    return x.dtype === 'bool'
      ? { ...x, dtype }
      : builder.map([x], value => unary('trunc', value), dtype);
  },
  EluGrad: ({ named: { dy, y }, builder }) =>
    builder.map([dy, y], (slope, out) =>
      mul(slope, select(less(out, 0), add(out, 1), constant(1))),
    ),
  FusedBatchNorm({ x, named: { mean, variance, offset, scale }, attrs, builder }) {
    const epsilon = attrs.varianceEpsilon as number;
    const ones = { ...variance, access: 1 };
    const factor = builder.map([variance, scale ?? ones], (v, s) => div(s, sqrt(add(v, epsilon))));
    const inputs = [x, mean, factor, offset ?? { ...ones, access: 0 }];
    return builder.map(inputs, (number, m, f, o) => add(mul(sub(number, m), f), o));
  },
  Prelu: ({ x, named: { alpha }, builder }) =>
    builder.map([x, alpha], (value, slope) => select(less(value, 0), mul(value, slope), value)),
  Select({ named: { condition, t, e }, builder }) {
    const missing = t.shape.length - condition.shape.length;
    const shape = [...condition.shape, ...Array<number>(missing).fill(1)];
    const inputs = [builder.reshape(condition, shape), t, e];
    return builder.map(inputs, select, t.dtype, broadcast(inputs));
  },
};
