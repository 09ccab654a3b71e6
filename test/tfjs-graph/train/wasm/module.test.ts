import assert from 'node:assert/strict';
import {
  type Code,
  f32,
  f32x4,
  i32,
  loopWhile,
} from '../../../../lib/tfjs-graph/train/wasm/assembler';
import { func, moduleOf } from '../../../../lib/tfjs-graph/train/wasm/module';

/** Runs a function of no parameters on a memory of one page, and returns it. */
function run(statement: Code): DataView {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const binary = moduleOf({ run: func([], () => [statement]) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } });
  (instance.exports.run as () => void)();
  return new DataView(memory.buffer);
}

describe('WebAssembly written in TypeScript', () => {
  it('writes whole numbers of any size', () => {
    for (const n of [0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, 2 ** 31 - 1, -(2 ** 31)])
      assert.equal(run(i32.store(i32.const(0), i32.const(n))).getInt32(0, true), n);
  });

  it('reaches addresses by offsets of any size', () => {
    for (const offset of [0, 4, 128, 16384, 65532])
      assert.equal(run(i32.store(i32.const(0), i32.const(7), offset)).getInt32(offset, true), 7);
  });

  it('computes four numbers at once', () => {
    const four = f32x4.splat(f32.const(6.25));
    const two = f32x4.splat(f32.const(2));
    const results: [Code, number][] = [
      [f32x4.add(four, two), 8.25],
      [f32x4.sub(four, two), 4.25],
      [f32x4.mul(four, two), 12.5],
      [f32x4.div(four, two), 3.125],
      [f32x4.sqrt(four), 2.5],
    ];
    for (const [code, expected] of results) {
      const memory = run(f32x4.store(i32.const(0), code));
      for (const at of [0, 4, 8, 12]) assert.equal(memory.getFloat32(at, true), expected);
    }
  });

  it('repeats a body as long as a condition holds', () => {
    for (const turns of [0, 1, 5]) {
      const memory = new WebAssembly.Memory({ initial: 1 });
      const count = func(['i32'], ([left], declare) => {
        const [done] = declare('i32');
        return [
          loopWhile(left.get, left.increase(i32.const(-1)), done.increase(i32.const(1))),
          i32.store(i32.const(0), done.get),
        ];
      });
      const module = new WebAssembly.Module(moduleOf({ count }));
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      (exports.count as (turns: number) => void)(turns);
      assert.equal(new DataView(memory.buffer).getInt32(0, true), turns);
    }
  });
});
