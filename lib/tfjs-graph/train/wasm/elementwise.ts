import { at } from '../../present';
import { type Code, f32x4, i32, type Local, loopWhile, type ValueType } from './assembler';
import { VECTOR } from './matrix';
import { type Func, func } from './module';

/** What is done with a vector of each array. */
export interface Vectors {
  /** Reads from an array, by its place among the parameters. */
  readonly load: (array: number) => Code;
  readonly store: (array: number, value: Code) => Code;
  /** Four times a number, by its place among the numbers. */
  readonly scalar: (place: number) => Code;
  /** Makes variables of four numbers. */
  readonly declare: (count: number) => readonly Local[];
}

/**
 * Writes a function that goes along arrays of one length, four numbers at a time. Its parameters are
 * the addresses of the arrays, the length in bytes, whole vectors, and single numbers.
 */
export function elementwise(
  arrays: number,
  scalars: number,
  body: (vectors: Vectors) => readonly Code[],
): Func {
  const types: ValueType[] = [
    ...Array.from({ length: arrays + 1 }, () => 'i32' as const),
    ...Array.from({ length: scalars }, () => 'f32' as const),
  ];
  return func(types, (parameters, declare) => {
    const length = at(parameters, arrays);
    const [i] = declare('i32');
    const vectors = (count: number) => Array.from({ length: count }).flatMap(() => declare('v128'));
    const splats = vectors(scalars);
    const place = (array: number) => i32.add(at(parameters, array).get, i.get);
    const statements = body({
      load: array => f32x4.load(place(array)),
      store: (array, value) => f32x4.store(place(array), value),
      scalar: k => at(splats, k).get,
      declare: vectors,
    });
    return [
      ...splats.map((splat, k) => splat.set(f32x4.splat(at(parameters, arrays + 1 + k).get))),
      loopWhile(i32.less(i.get, length.get), ...statements, i.increase(i32.const(VECTOR))),
    ];
  });
}
