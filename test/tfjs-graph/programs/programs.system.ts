/** Ordinary TensorFlow.js programs, which do not import the engine, have the same results with the engine. */
import { ok } from 'node:assert/strict';
import { describeNative } from '../../native';
import { type Backend, largestDifference, run } from './run';

function tests(backend: Backend, programs: readonly string[]): void {
  for (const program of programs) {
    it(`have the results of tfjs-layers: ${program}`, async () => {
      const stock = await run(program, 'off', backend);
      const compiled = await run(program, 'on', backend);
      const difference = largestDifference(compiled, stock);
      ok(difference <= 1e-5, `Expected at most 1e-5 but received ${difference}`);
      ok(
        compiled.steps < stock.steps / 2,
        `${compiled.steps} of ${stock.steps} steps are not compiled`,
      );
    }).timeout(240_000);
  }
}

describeNative('programs on the native engine', () => {
  tests('native', ['text-generation', 'csv', 'gan', 'transfer']);
});

describe('programs on WebAssembly', () => tests('wasm', ['housing']));
