/** Runs programs of this folder in separate processes, with and without the engine, and compares the results. */
import { deepEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/command/machine/paths';

/** The module that compiles the steps of programs. */
const REGISTER = './lib/tfjs-graph/register.ts';

/** Modules that provide TensorFlow.js's backend. */
const BACKENDS = {
  native: ['./lib/tfjs-graph/native/node-util.ts', '@tensorflow/tfjs-node-gpu'],
  wasm: ['@tensorflow/tfjs-backend-wasm'],
};

export type Backend = keyof typeof BACKENDS;

export interface Outcome {
  /** The lines of JSON that the program has printed. */
  readonly results: readonly object[];
  /** The number of steps that tfjs-layers itself has taken. */
  readonly steps: number;
}

/** @param engine `on` or `off` */
export async function run(
  program: string,
  engine: string,
  backend: Backend = 'native',
): Promise<Outcome> {
  const modules = ['tsx/cjs', ...BACKENDS[backend], join(__dirname, 'count-steps.ts'), REGISTER];
  const args = [...modules.flatMap(name => ['-r', name]), join(__dirname, `${program}.ts`)];
  const settings = { CUDA_VISIBLE_DEVICES: '-1', TF_CPP_MIN_LOG_LEVEL: '2', TFJS_GRAPH: engine };
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, ...settings },
  });
  const results = (stdout.match(/^\{.*\}$/gm) ?? []).map(line => JSON.parse(line));
  const { steps } = results.pop();
  return { results, steps };
}

/** Returns the largest difference of numbers, relative to at least 0.1. Asserts that all else is equal. */
export function largestDifference(actual: Outcome, expected: Outcome): number {
  const numbers: number[][] = [actual, expected].map(() => []);
  const outputs = [actual, expected].map(({ results }, i) =>
    JSON.stringify(results, (_, value) =>
      typeof value === 'number' ? `number ${numbers[i]?.push(value)}` : value,
    ),
  );
  deepEqual(outputs[0], outputs[1]);
  const [ours = [], theirs = []] = numbers;
  return Math.max(
    ...theirs.map((value, i) => {
      const difference = Math.abs((ours[i] ?? NaN) - value);
      return difference / Math.max(0.1, Math.abs(value));
    }),
  );
}
