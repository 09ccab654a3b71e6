import * as tf from '@tensorflow/tfjs';
import { requireFinite } from 'tfjs-graph';
import { withLearnerErrors } from '../device/engine-messages';
import { checkInput, checkLabels } from '../input/data';
import { LossError, OptionError } from '../input/errors';
import { lossOf, requireCompiled } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { gradientsOf } from './passes';

/** One step of gradient descent, from the probabilities to the loss after it; numbers only. */
export interface OneStep {
  /** The first picture of the batch. */
  readonly picture: {
    /** Sizes of the picture, `[height, width]`. */
    readonly shape: readonly number[];
    /** Its pixels, row after row. */
    readonly pixels: Float32Array;
    /** Its class. */
    readonly label: number;
    /** $p$, one a class, summing to 1. */
    readonly probabilities: Float32Array;
    /** $p - y$ with $y$ the one-hot label: how the loss of this picture grows with each logit. */
    readonly logitGradients: Float32Array;
  };
  /** Pictures in the batch. */
  readonly samples: number;
  /** The mean cross-entropy of the batch before the step. */
  readonly loss: number;
  /** The weight of the last layer whose gradient is the largest, whatever its sign. */
  readonly weight: {
    /** The input of the last layer that it multiplies, and the class that it leads to. */
    readonly input: number;
    readonly digit: number;
    /** True if that input is a pixel, as in a network without hidden layers. */
    readonly fromPixel: boolean;
    readonly value: number;
    /** The slope of the loss here. */
    readonly gradient: number;
    /** The mean cross-entropy for other values of this weight, all other weights as they are. */
    readonly curve: { readonly values: readonly number[]; readonly losses: readonly number[] };
  };
  readonly learningRate: number;
  /** The count of numbers that take the step. */
  readonly parameters: number;
  /** The mean cross-entropy after steps of all parameters with learning rates from 0 on. */
  readonly path: { readonly rates: readonly number[]; readonly losses: readonly number[] };
  /** The mean cross-entropy of the same batch after the step of all parameters. */
  readonly lossAfter: number;
}

/**
 * Works out one step of plain gradient descent, in which each parameter becomes
 * $w - \eta \, \partial L / \partial w$ with the learning rate $\eta$, and leaves the model as it was.
 *
 * Dropout is off, and what a regularizer adds to the loss is left out. The optimizer has no part in it:
 * adam would give each parameter a step size of its own.
 *
 * @param model compiled with the sparse cross-entropy, ending in a dense layer with softmax; best one
 * that is not trained yet.
 * @param x the samples of the batch, float32, `[samples, ...sample]`.
 * @param y their labels, `[samples]`, int32 or float32.
 * @param options.learningRate above 0; defaults to 0.5, so large that the step can be seen.
 * @throws NotReadyError if no device was started, or the model was not compiled, has no layers or
 * was disposed of.
 * @throws OptionError if `learningRate` is no number above 0.
 * @throws TensorError if samples or labels are no tensors of numbers.
 * @throws ShapeError if they do not fit the model, or each other.
 * @throws LabelError if a label is none of the model's classes.
 * @throws LossError if the model was compiled with another loss.
 * @throws OutputLayerError if the model ends otherwise.
 * @throws NotFiniteError if the loss is no number, with the likeliest cause.
 * @throws GpuMemoryError if another process holds the GPU's memory.
 * @example
 * const { loss, lossAfter, picture } = oneStep(model, xTrain.slice(0, 64), yTrain.slice(0, 64));
 * lossAfter < loss; // true
 * picture.logitGradients.length; // 10
 */
export function oneStep(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  { learningRate = 0.5 }: { learningRate?: number } = {},
): OneStep {
  requireCompiled(model, 'oneStep(model, x, y)');
  checkRate(learningRate);
  checkInput(model, x);
  checkLoss(model);
  checkLabels(model, x, y);
  return withLearnerErrors(() =>
    tf.tidy(() => stepOf(model, x, y.dataSync(), learningRate) as never),
  );
}

function checkRate(learningRate: number): void {
  if (Number.isFinite(learningRate) && learningRate > 0) return;
  throw new OptionError(messages().input.learningRate(learningRate));
}

function checkLoss(model: tf.LayersModel): void {
  const loss = lossOf(model, 0);
  if (loss === 'sparseCategoricalCrossentropy') return;
  throw new LossError(messages().input.otherLoss(typeof loss === 'string' ? loss : typeof loss));
}

function stepOf(
  model: tf.LayersModel,
  x: tf.Tensor,
  labels: ArrayLike<number>,
  learningRate: number,
): OneStep {
  const found = gradientsOf(model, x, labels);
  const { loss, variables, lossesAlong } = found;
  requireFinite(loss, model, { x });
  const label = itemAt(labels, 0);
  const probabilities = firstOf(found.probabilities);
  const end = tooFar(learningRate, loss, lossesAlong);
  const rates = spread(0, end, [learningRate]);
  const losses = lossesAlong(rates);
  return {
    picture: {
      shape: x.shape.slice(1),
      pixels: firstOf(x),
      label,
      probabilities,
      logitGradients: probabilities.map((p, digit) => p - Number(digit === label)),
    },
    samples: labels.length,
    loss,
    weight: {
      ...weightOf(found, labels),
      fromPixel: model.layers.slice(0, -1).every(layer => layer.countParams() === 0),
    },
    learningRate,
    parameters: variables.reduce((sum, { size }) => sum + size, 0),
    path: { rates, losses },
    lossAfter: itemAt(losses, rates.indexOf(learningRate)),
  };
}

const firstOf = (batch: tf.Tensor): Float32Array =>
  Float32Array.from(batch.slice([0], [1]).dataSync());

/** Follows the weight with the largest gradient, whatever its sign, through its valley. */
function weightOf(
  { hidden, logits, kernel, kernelGradients }: ReturnType<typeof gradientsOf>,
  labels: ArrayLike<number>,
) {
  const classes = itemAt(logits.shape, 1);
  const steepest = itemAt(kernelGradients.abs().flatten().argMax().dataSync(), 0);
  const [input, digit] = [Math.floor(steepest / classes), steepest % classes];
  const value = itemAt(kernel.flatten().slice(steepest, 1).dataSync(), 0);
  const inputs = hidden.slice([0, input], [-1, 1]).dataSync();
  const lossAt = lossAlongWeight(inputs, logits.arraySync(), labels, digit);
  const bottom = bottomOf(lossAt);
  // From the slope behind us, over the bottom, to the other side.
  const added = spread(-0.6 * bottom, 2.4 * bottom, [0]);
  const values = added.map(each => value + each);
  const losses = added.map(each => lossAt(each).loss);
  return { input, digit, value, gradient: lossAt(0).slope, curve: { values, losses } };
}

/** Beyond the step, in tenths of a power of ten: where the loss is looked for at most. */
const FARTHEST_RATE = 20;

/**
 * Finds a learning rate beyond the step at which the loss has clearly risen again, above what it was by
 * a third of what a step can gain; if it never does, ten times the step.
 */
function tooFar(rate: number, loss: number, along: (rates: readonly number[]) => number[]): number {
  let lowest = loss;
  for (let i = 1; i <= FARTHEST_RATE; i++) {
    const end = rate * 10 ** (i / 10);
    const there = itemAt(along([end]), 0);
    if (there >= loss + (loss - lowest) / 3) return end;
    lowest = Math.min(lowest, there);
  }
  return 10 * rate;
}

/** Lists numbers from one to another, as many as make a smooth curve, and some between them, in order. */
function spread(from: number, to: number, between: readonly number[]): number[] {
  const even = Array.from({ length: 41 }, (_, i) => from + ((to - from) * i) / 40);
  return [...new Set([...even, ...between])].sort((a, b) => a - b);
}

/** The mean cross-entropy, and its slope. */
type Loss = (added: number) => { loss: number; slope: number };

/**
 * Prepares the loss as a function of what is added to one weight of the last layer, all others as they
 * are. Only the logit of its class changes: by the input of each sample times what is added.
 */
function lossAlongWeight(
  inputs: ArrayLike<number>,
  logits: readonly (readonly number[])[],
  labels: ArrayLike<number>,
  digit: number,
): Loss {
  return added => {
    let [loss, slope] = [0, 0];
    logits.forEach((row, i) => {
      const [input, label] = [itemAt(inputs, i), itemAt(labels, i)];
      const z = row.map((value, j) => (j === digit ? value + input * added : value));
      // ln Σ e^z, with the largest taken out of the sum, so that no power is beyond all numbers.
      const largest = Math.max(...z);
      const total =
        largest + Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0));
      loss += total - itemAt(z, label);
      slope += input * (Math.exp(itemAt(z, digit) - total) - Number(label === digit));
    });
    return { loss: loss / logits.length, slope: slope / logits.length };
  };
}

/** The least and the greatest distance along a weight: its valley may be narrow, or have no bottom. */
const [NEAREST, FARTHEST] = [0.5, 8];

/**
 * Measures how far the lowest loss is, so that there is something to see. Along a weight of the last
 * layer the loss is convex, so there is one valley, and its slope changes sign at the bottom.
 */
function bottomOf(loss: Loss): number {
  const downhill = -Math.sign(loss(0).slope) || 1;
  const descends = (distance: number) => loss(downhill * distance).slope * downhill < 0;
  let [near, far] = [0, NEAREST];
  while (far < FARTHEST && descends(far)) [near, far] = [far, 2 * far];
  for (let halving = 0; halving < 12; halving++) {
    const middle = (near + far) / 2;
    if (descends(middle)) near = middle;
    else far = middle;
  }
  return downhill * Math.max(NEAREST, far);
}
