/** A contiguous array of numbers in memory. */
export interface Value {
  readonly size: number;
  /** Byte offset; undefined before memory planning. */
  address?: number;
  /** Whether the numbers keep the address between runs. */
  readonly isFixed?: boolean;
  readonly data?: ArrayLike<number>;
  /** Bytes stored instead of the numbers, and a lookup table of 256 numbers. */
  bytes?: { readonly place: Access; readonly numbers: Access };
}

/** A strided view of an array: offset and a stride for each axis, in numbers. */
export interface Access {
  readonly value: Value;
  readonly offset: number;
  strides: readonly number[];
}

/** A lane-wise expression. Only loads have an access, and only constants a number. */
export interface Expression {
  readonly op: string;
  readonly operands: readonly Expression[];
  readonly access?: Access;
  readonly number?: number;
}

export const load = (access: Access): Expression => ({ op: 'load', operands: [], access });

export const constant = (number: number): Expression => ({ op: 'constant', operands: [], number });

const operation =
  (op: string) =>
  (...args: (Expression | number)[]): Expression => ({
    op,
    operands: args.map(arg => (typeof arg === 'number' ? constant(arg) : arg)),
  });

export const add = operation('add');
export const sub = operation('sub');
export const mul = operation('mul');
export const div = operation('div');
export const min = operation('min');
export const max = operation('max');
export const sqrt = operation('sqrt');
/** Comparisons return 1 or 0. */
export const greater = operation('greater');
export const equal = operation('equal');
export const less = operation('less');
/** Returns the second operand if the first is not 0, otherwise the third. */
export const select = operation('select');
export const unary = (op: string, x: Expression): Expression => operation(op)(x);
export const binary = (op: string, x: Expression, y: Expression): Expression => operation(op)(x, y);
