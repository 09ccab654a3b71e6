/** Ordinary TensorFlow.js programs have the same results with the engine, of which they know nothing. */
import { ok } from 'node:assert/strict';
import { describeNative } from '../../native';
import { type Backend, largestDifference, PROGRAMS, type Program, run } from './run';

async function assertSameResults(program: Program, backend: Backend): Promise<void> {
  const stock = await run(program, 'off', backend);
  const compiled = await run(program, 'on', backend);
  const { tolerance, least } = PROGRAMS[program];
  const difference = largestDifference(compiled, stock, least);
  const seconds = [compiled, stock].map(outcome => outcome.seconds.toFixed(1));
  console.log(`      ${seconds.join(' s, stock ')} s; differs by ${difference.toExponential(1)}`);
  ok(difference <= tolerance, `Expected at most ${tolerance} but received ${difference}`);
  ok(
    compiled.steps < stock.steps / 2,
    `${compiled.steps} of ${stock.steps} steps are not compiled`,
  );
}

describeNative('programs on the native engine', () => {
  for (const program of Object.keys(PROGRAMS) as Program[]) {
    it(`have the results of tfjs-layers: ${program}`, () => assertSameResults(program, 'native'));
  }
}).timeout(240_000);

describe('programs on WebAssembly', () => {
  for (const program of ['housing', 'iris'] as const) {
    it(`have the results of tfjs-layers: ${program}`, () => assertSameResults(program, 'wasm'));
  }
}).timeout(240_000);
