/** Numbers in memory, and what a loop computes of them for each place. */

/** Numbers in memory that follow one another. */
export interface Value {
  readonly size: number;
  /** In bytes; known once the memory is planned. */
  address?: number;
  /** Whether they stay where they are from step to step. */
  readonly isFixed?: boolean;
  /** What they are, if they never change. */
  readonly data?: ArrayLike<number>;
  /** Bytes that stand for the numbers in the same places, and the 256 numbers that they stand for. */
  bytes?: { readonly place: Access; readonly numbers: Access };
}

/** Where a loop, or a tensor, finds its numbers: a stride for each axis, in numbers. */
export interface Access {
  readonly value: Value;
  readonly offset: number;
  strides: readonly number[];
}

/** What is computed of numbers, lane by lane. Only loads have an access, and only constants a number. */
export interface Expression {
  readonly op: string;
  readonly of: readonly Expression[];
  readonly access?: Access;
  readonly number?: number;
}

export const load = (access: Access): Expression => ({ op: 'load', of: [], access });

export const constant = (number: number): Expression => ({ op: 'constant', of: [], number });

const of =
  (op: string) =>
  (...args: (Expression | number)[]): Expression => ({
    op,
    of: args.map(arg => (typeof arg === 'number' ? constant(arg) : arg)),
  });

export const add = of('add');
export const sub = of('sub');
export const mul = of('mul');
export const div = of('div');
export const min = of('min');
export const max = of('max');
export const sqrt = of('sqrt');
/** 1 if it holds, otherwise 0. */
export const greater = of('greater');
export const equal = of('equal');
export const less = of('less');
/** The second if the first is not 0, otherwise the third. */
export const select = of('select');
export const unary = (op: string, x: Expression): Expression => of(op)(x);
export const binary = (op: string, x: Expression, y: Expression): Expression => of(op)(x, y);
