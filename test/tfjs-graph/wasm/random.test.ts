/** The random numbers of compiled steps: distributions and independence. */
import assert from 'node:assert/strict';
import { normal, uniform } from '../../../lib/tfjs-graph/wasm/functions';
import { Builder, fixed } from '../../../lib/tfjs-graph/wasm/ir';
import { Memory } from '../../../lib/tfjs-graph/wasm/memory';
import { loadPrograms } from '../../../lib/tfjs-graph/wasm/program';

const SIZE = 2 ** 16;
const STEPS = 4;

/** Draws numbers with consecutive seeds and positions. */
function samplesOf(isNormal: boolean): number[][] {
  const [builder, memory] = [new Builder(), new Memory()];
  const seed = fixed([]);
  const draw = (first: number) => {
    const bits = Int32Array.from({ length: SIZE }, (_, i) => first + i);
    return builder.map([fixed([SIZE], new Float32Array(bits.buffer)), seed], uniform);
  };
  const numbers = isNormal ? builder.map([draw(0), draw(SIZE)], normal) : draw(0);
  const out = fixed([SIZE]);
  builder.store(out, numbers);
  const [run] = loadPrograms(memory, [builder.steps]);
  return Array.from({ length: STEPS }, (_, step) => {
    memory.words(seed.access.value)[0] = SIZE * 2 + step;
    run?.();
    return [...memory.floats(out.access.value)];
  });
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

for (const [name, isNormal, center, variance] of [
  ['uniform', false, 1 / 2, 1 / 12],
  ['normal', true, 0, 1],
] as const) {
  describe(`${name} numbers of compiled steps`, () => {
    const steps = samplesOf(isNormal);
    const deviations = steps.map(numbers => numbers.map(x => x - center));
    /** The deviation in units of the expected deviation. */
    const product = (a: readonly number[], b: readonly number[]) =>
      (mean(b.map((x, i) => x * (a[i] as number))) / variance) * Math.sqrt(b.length);

    it('have their mean, variance and least and largest numbers', () => {
      for (const numbers of deviations) {
        assert.ok(Math.abs(mean(numbers)) < 5 * Math.sqrt(variance / SIZE));
        const square = mean(numbers.map(x => x ** 2));
        assert.ok(Math.abs(square / variance - 1) < 0.03, String(square));
        const largest = Math.max(...numbers.map(Math.abs));
        assert.ok(isNormal ? largest > 3.8 && largest < 6.5 : largest > 0.499 && largest <= 0.5);
      }
    });

    it('are not correlated from place to place, nor from step to step', () => {
      for (const [i, one] of deviations.entries()) {
        for (const lag of [1, 2, 3, 4, 16, 64, 256]) {
          assert.ok(Math.abs(product(one, one.slice(lag))) < 5, `places ${lag} apart`);
        }
        for (const other of deviations.slice(i + 1)) {
          assert.ok(Math.abs(product(one, other)) < 5, 'steps');
        }
      }
    });
  });
}
