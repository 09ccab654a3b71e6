import type * as tf from '@tensorflow/tfjs';
import { planThreads } from 'digits/device/threads';
import type { NativeBackend } from '../../graph/backend';
import { isSplittable, splitColumns, type Weights } from '../../graph/passes/split-columns';
import type { RecordedStep } from './record-step';

/** A product of fewer columns takes less time than what hands it to another core. */
const MIN_COLUMNS = 32;
/** Nor is it worth it for a matrix of fewer numbers. */
const MIN_SIZE = 32_768;

/**
 * Lets the large products of a model's steps use all cores of the processor: the matrices of
 * weights in them are divided into columns, by all steps alike.
 *
 * TensorFlow can also divide a single product; but where it does so, it divides everything, and
 * small ops lose by it.
 *
 * @param most parts of a matrix; defaults to those of {@link planThreads}.
 */
export function divideWeights(
  backend: NativeBackend,
  steps: readonly RecordedStep[],
  most = planThreads().parts,
): RecordedStep[] {
  if (backend.isUsingGpuDevice) return [...steps];
  const [first] = steps;
  const counts = new Map<tf.Variable, number>();
  for (const variable of first?.variables.keys() ?? []) {
    const count = partsOf(variable, most);
    const fits = steps.every(step => {
      const weights = weightsOf(step, variable);
      return !weights || (!step.assigned.has(variable) && isSplittable(step.tape, weights));
    });
    if (count > 1 && fits) counts.set(variable, count);
  }
  return steps.map(step => {
    let { tape } = step;
    const parts = new Map(step.parts);
    for (const [variable, count] of counts) {
      const weights = weightsOf(step, variable);
      if (!weights) continue;
      const divided = splitColumns(tape, backend.binding, weights, count);
      tape = divided.tape;
      for (const [id, ids] of divided.parts) parts.set(id, ids);
    }
    return { ...step, tape, parts };
  });
}

/** As many as there may be that share out the columns evenly. */
function partsOf({ shape, size }: tf.Variable, most: number): number {
  const [, columns = 0, ...more] = shape;
  if (more.length > 0 || size < MIN_SIZE) return 1;
  for (let count = Math.min(most, Math.floor(columns / MIN_COLUMNS)); count > 1; count--) {
    if (columns % count === 0) return count;
  }
  return 1;
}

function weightsOf(step: RecordedStep, variable: tf.Variable): Weights | undefined {
  const kernel = step.variables.get(variable);
  if (kernel === undefined) return undefined;
  const gradient = step.gradients.find(each => each.variable === variable)?.id;
  return { kernel, gradient };
}
