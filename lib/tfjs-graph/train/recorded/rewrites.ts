import type * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { hasOwnOps, type NativeBackend, type TensorId } from '../../graph/backend';
import { bytesOf } from '../../graph/byte-tensor';
import { addBiases } from '../../graph/rewrites/add-biases';
import { fuseSoftmax } from '../../graph/rewrites/cross-entropy';
import { joinDenseGradients } from '../../graph/rewrites/dense-gradients';
import {
  BYTE_COLUMNS,
  isByteProduct,
  multiplyBytes,
  useOwnOps,
} from '../../graph/rewrites/products';
import { isSplittable, splitColumns, type Weights } from '../../graph/rewrites/split-columns';
import { kindOf } from '../../graph/tape/tape';
import type { OptimizerState } from '../optimizer-state';
import type { RecordedStep, WeightUpdate } from './record-step';

interface RewriteContext {
  readonly backend: NativeBackend;
  readonly columns: readonly tf.TensorInfo[];
  /** Into how many shares of its columns each weight is divided, in all steps alike. */
  readonly shares: ReadonlyMap<tf.Variable, number>;
  readonly optimizer: OptimizerState;
}

type Rewrite = (step: RecordedStep, context: RewriteContext) => RecordedStep;

/** Brings a step into the form that the processor computes fastest. A GPU takes it as it is. */
export function applyRewrites(step: RecordedStep, context: RewriteContext): RecordedStep {
  if (context.backend.isUsingGpuDevice) return step;
  const rewrites = hasOwnOps(context.backend)
    ? [divideWeights, skipZeros, useOthers, fuseUpdates]
    : [divideWeights];
  return rewrites.reduce((made, rewrite) => rewrite(made, context), step);
}

/** If fewer are 0, TensorFlow's own product takes less time. */
const MIN_ZEROS = 0.5;

const LOOKED_AT = 10_000;

/**
 * Multiplies the samples' bytes where they are held as bytes, and skips those that are 0: of the
 * pixels of handwriting, four of five.
 */
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
  return { ...step, tape: addBiases(tape, backend.binding), sources };
};

/** Estimates it from some of the bytes, at scattered places. */
function shareOfZeros(bytes: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < LOOKED_AT; i++) {
    const place = Math.imul(i, GOLDEN) >>> 0;
    if (bytes[place % bytes.length] === 0) zeros++;
  }
  return zeros / LOOKED_AT;
}

/** 2³² by the golden ratio: its multiples scatter evenly. */
const GOLDEN = 0x9e3779b1;

const useOthers: Rewrite = (step, { backend }) => ({
  ...step,
  tape: joinDenseGradients(
    useOwnOps(backend.binding, fuseSoftmax(step.tape, backend.binding)),
    backend.binding,
  ),
});

/**
 * Moves the products of bytes that are gradients into the ops that update the weights, if the optimizer has such an
 * op that takes the shapes, and nothing else uses the gradient or assigns to the weights.
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
    // The op takes its share of the columns itself: to split them takes 5 µs of each step of the lesson.
    const [bytes = 0, masks = 0, part = 0] = product.inputs;
    const split = tape.ops.find(({ op, outputs }) => op === 'Split' && outputs.includes(part));
    const whole = split ? at(split.inputs, 1) : part;
    return { ...update, product: { ...product, inputs: [bytes, masks, whole] } };
  });
  const moved = new Set(fused.flatMap(({ product, gradient }) => (product ? [gradient] : [])));
  return {
    ...step,
    tape: { ...tape, ops: tape.ops.filter(op => !op.outputs.some(id => moved.has(id))) },
    updates: fused,
  };
};

/** The samples of a step up to which an update together with its gradient takes less time. */
const MAX_SAMPLES = 64;

/** A product of fewer columns takes less time than what hands it to another core. */
const MIN_COLUMNS = 32;
/** A matrix of fewer numbers is not worth dividing. */
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
  const shares = new Map<tf.Variable, number>();
  for (const source of steps.flatMap(step => [...step.sources.values()])) {
    if (!('variable' in source)) continue;
    const { variable } = source;
    const count = sharesOf(variable, most);
    const fits = steps.every(step => {
      const weights = weightsOf(step, variable);
      return !weights || (!step.assigned.has(variable) && isSplittable(step.tape, weights));
    });
    if (count > 1 && fits) shares.set(variable, count);
  }
  return shares;
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
    return { kernel, gradient: updates.find(update => update.variable === variable)?.gradient };
  }
  return undefined;
}

/** Divides the weights into shares of their columns, and their gradients with them. */
const divideWeights: Rewrite = (step, { backend, shares }) => {
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
