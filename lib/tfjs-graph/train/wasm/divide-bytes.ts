import { type Code, f32x4, i16x8, i32, i32x4, loopWhile } from './assembler';
import { VECTOR } from './matrix';
import { func } from './module';

/** The bytes that are divided at once. */
export const EIGHT = 8;

/**
 * Divides the bytes in each row, see `Kernels.divide`. They may lie in the last quarter of what the row
 * becomes: only what has been read of them is written over, as the quotients, of four bytes each, catch
 * up with them at the end alone.
 */
export const divide = func(['i32', 'i32', 'i32', 'i32', 'i32', 'f32'], (parameters, declare) => {
  const [rows, length, offset, out, outRowStride, divisor] = parameters;
  const [from, to, end] = declare('i32', 'i32', 'i32');
  const [eight, divisors] = declare('v128', 'v128');
  const quotients = (four: Code) => f32x4.div(f32x4.convert(four), divisors.get);
  return [
    divisors.set(f32x4.splat(divisor.get)),
    loopWhile(
      rows.get,
      from.set(i32.add(out.get, offset.get)),
      end.set(i32.add(from.get, length.get)),
      to.set(out.get),
      loopWhile(
        i32.less(from.get, end.get),
        eight.set(i16x8.loadBytes(from.get)),
        f32x4.store(to.get, quotients(i32x4.lower(eight.get))),
        f32x4.store(to.get, quotients(i32x4.upper(eight.get)), VECTOR),
        from.increase(i32.const(EIGHT)),
        to.increase(i32.const(2 * VECTOR)),
      ),
      out.increase(outRowStride.get),
      rows.increase(i32.const(-1)),
    ),
  ];
});
