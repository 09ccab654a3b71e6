import type * as tf from '@tensorflow/tfjs';
import { isSplittable, splitColumns, type Weights } from '../../graph/rewrites/split-columns';
import type { RecordedStep } from './record-step';
import type { Rewrite } from './rewrite';

/** A product of fewer columns takes less time than what hands it to another core. */
const MIN_COLUMNS = 32;
/** Nor is it worth it for a matrix of fewer numbers. */
const MIN_SIZE = 32_768;

/**
 * Plans into how many shares to divide the matrices of weights in a model's steps, so that the
 * large products use all cores of the processor.
 *
 * TensorFlow can also divide a single product; but where it does so, it divides everything, and
 * small ops lose by it.
 *
 * @param most shares of a matrix.
 */
export function planShares(
  steps: readonly RecordedStep[],
  most: number,
): ReadonlyMap<tf.Variable, number> {
  const variables = new Set(
    steps.flatMap(({ sources }) =>
      [...sources.values()].flatMap(source => ('variable' in source ? source.variable : [])),
    ),
  );
  return new Map(
    [...variables].flatMap(variable => {
      const count = sharesOf(variable, most);
      const fits = steps.every(step => {
        const weights = weightsOf(step, variable);
        return !weights || (!step.assigned.has(variable) && isSplittable(step.tape, weights));
      });
      return count > 1 && fits ? [[variable, count] as const] : [];
    }),
  );
}

/** Finds the largest number of equal shares of the columns. */
function sharesOf({ shape, size }: tf.Variable, most: number): number {
  const [, columns = 0, ...more] = shape;
  if (more.length > 0 || size < MIN_SIZE) return 1;
  for (let count = Math.min(most, Math.floor(columns / MIN_COLUMNS)); count > 1; count--) {
    if (columns % count === 0) return count;
  }
  return 1;
}

function weightsOf({ sources, updates }: RecordedStep, variable: tf.Variable): Weights | undefined {
  for (const [kernel, source] of sources) {
    if (!('variable' in source) || source.variable !== variable) continue;
    const gradient = updates.find(update => update.variable === variable)?.gradient;
    return { kernel, gradient: typeof gradient === 'number' ? gradient : undefined };
  }
  return undefined;
}

/** Divides the weights into shares of their columns, and their gradients with them. */
export const divideWeights: Rewrite = (step, { backend, shares }) => {
  let { tape } = step;
  const sources = new Map(step.sources);
  let updates = step.updates;
  for (const [variable, count] of shares) {
    const weights = weightsOf(step, variable);
    if (!weights) continue;
    const divided = splitColumns(tape, backend.binding, weights, count);
    tape = divided.tape;
    sources.delete(weights.kernel);
    for (const [index, id] of divided.kernels.entries()) {
      sources.set(id, { variable, share: { index, count } });
    }
    updates = updates.flatMap(update =>
      update.variable === variable
        ? divided.gradients.map((gradient, index) => ({
            ...update,
            gradient,
            share: { index, count },
          }))
        : [update],
    );
  }
  return { ...step, tape, sources, updates };
};
