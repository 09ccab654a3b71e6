import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { hasOwnOps, type NativeBackend, type TensorId } from '../backend';
import { bytesOf } from '../bytes/byte-tensor';
import { addBiases } from '../passes/add-biases';
import { fuseSoftmax } from '../passes/cross-entropy';
import { joinDenseGradients } from '../passes/dense-gradients';
import { foldConstants } from '../passes/fold-constants';
import { BYTE_COLUMNS, isByteProduct, multiplyBytes, useOwnOps } from '../passes/products';
import { isSplittable, splitColumns, type Weights } from '../passes/split-columns';
import { kindOf } from '../trace/tape';
import type { OptimizerState } from './optimizer-state';
import type { RecordedStep, WeightUpdate } from './record-step';

interface RewriteContext {
  readonly backend: NativeBackend;
  readonly columns: readonly tf.TensorInfo[];
  /** Number of shards of each weight, equal in all steps. */
  readonly shares: ReadonlyMap<tf.Variable, number>;
  readonly optimizer: OptimizerState;
}

type Rewrite = (step: RecordedStep, context: RewriteContext) => RecordedStep;

/** Optimizes a step for the processor. Returns the step unchanged for a GPU. */
export function applyRewrites(step: RecordedStep, context: RewriteContext): RecordedStep {
  if (context.backend.isUsingGpuDevice) return step;
  const rewrites = hasOwnOps(context.backend)
    ? [splitWeights, skipZeros, fuseOps, fuseUpdates]
    : [splitWeights];
  return rewrites.reduce((result, rewrite) => rewrite(result, context), step);
}

/** Minimal fraction of zeros; below, TensorFlow's own product is faster. */
const MIN_ZEROS = 0.5;

const SAMPLE_SIZE = 10_000;

/** Multiplies samples stored as bytes without converting them, and skips zeros: 80 % of the pixels of handwriting. */
const skipZeros: Rewrite = (step, { backend, columns }) => {
  const divisors = new Map<TensorId, { column: number; divisor: number }>();
  for (const [id, source] of step.sources) {
    if (!('input' in source) || typeof source.input !== 'number') continue;
    const column = source.input;
    const bytes = bytesOf(at(columns, column));
    if (bytes && shareOfZeros(bytes.data) >= MIN_ZEROS) {
      divisors.set(id, { column, divisor: bytes.divisor });
    }
  }
  if (divisors.size === 0) return step;
  const { tape, bytes } = multiplyBytes(step.tape, backend.binding, divisors);
  const sources = new Map(step.sources);
  for (const [id, { column }] of divisors) {
    const undivided = bytes.get(id);
    if (undivided !== undefined) sources.set(undivided, { input: { bytesOf: column } });
  }
  return { ...step, tape, sources };
};

/** Estimates the fraction of zeros from a sample of the bytes. */
function shareOfZeros(bytes: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < SAMPLE_SIZE; i++) {
    const index = Math.imul(i, GOLDEN) >>> 0;
    if (bytes[index % bytes.length] === 0) zeros++;
  }
  return zeros / SAMPLE_SIZE;
}

/** 2³² divided by the golden ratio: the multiples are evenly distributed. */
const GOLDEN = 0x9e3779b1;

/**
 * Folds constants, and fuses small ops. These rewrites and the labels' conversion within the loss remove 13 ops of each
 * step of the lesson, whose overheads exceed their arithmetic: an epoch takes 0.91 of the time (AMD EPYC, two loaded
 * cores, median of eight turns, 0.85 to 1.0).
 */
const fuseOps: Rewrite = (step, { backend: { binding } }) => {
  const folded = foldConstants(step.tape, binding);
  const tape = useOwnOps(binding, fuseSoftmax(folded, binding));
  return { ...step, tape: joinDenseGradients(addBiases(tape, binding), binding) };
};

/**
 * Fuses gradients that are products of bytes with the updates of the weights, if the optimizer's op supports the
 * shapes, and there are no other uses of the gradient or assignments to the weights.
 */
const fuseUpdates: Rewrite = (step, { optimizer }) => {
  const { tape, updates, assigned } = step;
  if (!optimizer.fused?.withProduct) return step;
  const inputs = [...tape.ops.flatMap(op => op.inputs), ...tape.outputs, ...assigned.values()];
  const used = new Set(inputs);
  const products = new Map(tape.ops.filter(isByteProduct).map(op => [at(op.outputs, 0), op]));
  const fused = updates.map((update): WeightUpdate => {
    const { gradient, variable } = update;
    const product = products.get(gradient);
    if (!product || used.has(gradient) || assigned.has(variable)) return update;
    const [samples = 0, columns = 0] = kindOf(tape.kinds, at(product.inputs, 2)).shape;
    const fits = samples <= MAX_SAMPLES && columns % BYTE_COLUMNS === 0;
    if (!fits) return update;
    // The op selects the shard's columns. A separate split would take 5 µs of each step of the lesson.
    const [bytes = 0, masks = 0, right = 0] = product.inputs;
    const split = tape.ops.find(({ op, outputs }) => op === 'Split' && outputs.includes(right));
    const matrix = split ? at(split.inputs, 1) : right;
    return { ...update, product: { ...product, inputs: [bytes, masks, matrix] } };
  });
  const moved = new Set(fused.flatMap(({ product, gradient }) => (product ? [gradient] : [])));
  return {
    ...step,
    tape: { ...tape, ops: tape.ops.filter(op => !op.outputs.some(id => moved.has(id))) },
    updates: fused,
  };
};

/** Maximal batch size for which fusing an update with the gradient is faster. */
const MAX_SAMPLES = 64;

/** Minimum of columns per shard, for which another core is worthwhile. */
const MIN_COLUMNS = 32;
const MIN_SIZE = 32_768;

/**
 * Returns the number of shards, up to `maxShares`, for each weight matrix of a model, so large products use all cores.
 * TensorFlow's intra-op threads would slow down small ops.
 */
export function planShares(
  steps: readonly RecordedStep[],
  maxShares: number,
): ReadonlyMap<tf.Variable, number> {
  const shares = new Map<tf.Variable, number>();
  for (const source of steps.flatMap(step => [...step.sources.values()])) {
    if (!('variable' in source)) continue;
    const { variable } = source;
    const count = sharesOf(variable, maxShares);
    const fits = steps.every(step => {
      const weights = weightsOf(step, variable);
      return !weights || (!step.assigned.has(variable) && isSplittable(step.tape, weights));
    });
    if (count > 1 && fits) shares.set(variable, count);
  }
  return shares;
}

/** Returns the largest number of shards with equal numbers of columns. */
function sharesOf({ shape, size }: tf.Variable, maxShares: number): number {
  const [, columns = 0] = shape;
  if (shape.length > 2 || size < MIN_SIZE) return 1;
  for (let count = Math.min(maxShares, Math.floor(columns / MIN_COLUMNS)); count > 1; count--) {
    if (columns % count === 0) return count;
  }
  return 1;
}

function weightsOf({ sources, updates }: RecordedStep, variable: tf.Variable): Weights | undefined {
  for (const [kernel, source] of sources) {
    if (!('variable' in source) || source.variable !== variable) continue;
    return { kernel, gradient: updates.find(update => update.variable === variable)?.gradient };
  }
  return undefined;
}

/** Splits weights and gradients into shards of columns. */
const splitWeights: Rewrite = (step, { backend, shares }) => {
  let { tape } = step;
  const sources = new Map(step.sources);
  let updates = step.updates;
  for (const [variable, count] of shares) {
    const weights = weightsOf(step, variable);
    if (!weights) continue;
    const split = splitColumns(tape, backend.binding, weights, count);
    tape = split.tape;
    sources.delete(weights.kernel);
    for (const [index, id] of split.kernels.entries()) {
      sources.set(id, { variable, share: { index, count } });
    }
    updates = updates.flatMap(update =>
      update.variable === variable
        ? split.gradients.map((gradient, index) => ({
            ...update,
            gradient,
            share: { index, count },
          }))
        : [update],
    );
  }
  return { ...step, tape, sources, updates };
};
