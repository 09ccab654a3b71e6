import * as tf from '@tensorflow/tfjs';
import { withLearnerErrors } from '../device/engine-messages';
import { checkInput } from '../input/data';
import { LossError, OptionError } from '../input/errors';
import { lossOf, requireModel } from '../input/model';
import { requireFinite } from '../input/not-finite';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { forwardTo } from './passes';

/** One step of gradient descent, from the probabilities to the loss after it; numbers only. */
export interface OneStep extends ReturnType<typeof stepOf> {}

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
  requireModel(model, 'oneStep(model, x, y)');
  if (!(Number.isFinite(learningRate) && learningRate > 0))
    throw new OptionError(messages().input.learningRate(learningRate));
  checkInput(model, x);
  checkLoss(model);
  return withLearnerErrors(() =>
    tf.tidy(() => stepOf(model, x, y.dataSync(), learningRate) as never),
  );
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
) {
  const forward = forwardTo(model, x);
  const { hidden, logits, weights } = forward();
  const truth = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), itemAt(logits.shape, 1));
  // The mean of −ln p of the right class, from the logits: exact even if a probability rounds to 0.
  const lossOfLogits = (z: tf.Tensor) =>
    z.logSoftmax().mul(truth).sum(-1).mean().neg() as tf.Scalar;
  const lossNow = () => lossOfLogits(forward().logits);
  const loss = numberIn(lossNow());
  requireFinite(loss, model, { x });
  const variables = model.trainableWeights.map(weight => weight.read() as tf.Variable);
  const grads: tf.NamedTensorMap =
    variables.length > 0 ? tf.variableGrads(lossNow, variables).grads : {};
  const moves = variables.map(variable => ({
    variable,
    gradient: grads[variable.name] as tf.Tensor,
    // It shares the memory of its variable, which is not written to but replaced.
    origin: variable.clone(),
  }));
  // The parameters move for as long as it takes, and then are again what they were, bit for bit.
  const lossesAlong = (rates: readonly number[]): number[] => {
    try {
      return rates.map(rate =>
        tf.tidy(() => {
          for (const { variable, gradient, origin } of moves)
            variable.assign(origin.sub(gradient.mul(rate)));
          return numberIn(lossNow());
        }),
      );
    } finally {
      for (const { variable, origin } of moves) variable.assign(origin);
    }
  };
  const label = itemAt(labels, 0);
  const p = logits.softmax();
  const probabilities = firstOf(p);
  const rates = spread(0, tooFar(learningRate, loss, lossesAlong), [learningRate]);
  const losses = lossesAlong(rates);
  const kernel = {
    values: weights,
    gradients: hidden.transpose().matMul(p.sub(truth)).div(labels.length),
  };
  return {
    /** The first picture of the batch. */
    picture: {
      /** Sizes of the picture, `[height, width]`. */
      shape: x.shape.slice(1),
      /** Its pixels, row after row. */
      pixels: firstOf(x),
      /** Its class. */
      label,
      /** $p$, one a class, summing to 1. */
      probabilities,
      /** $p - y$ with $y$ the one-hot label: how the loss of this picture grows with each logit. */
      logitGradients: probabilities.map((p, digit) => p - Number(digit === label)),
    },
    /** Pictures in the batch. */
    samples: labels.length,
    /** The mean cross-entropy of the batch before the step. */
    loss,
    /** Of the last layer's weights into the unit of the first picture's class, the one with the largest gradient, whatever its sign. */
    weight: {
      ...weightOf(label, kernel, hidden, logits, lossOfLogits),
      /** True if its input is a pixel, as in a network without hidden layers. */
      fromPixel: model.layers.slice(0, -1).every(layer => layer.countParams() === 0),
    },
    learningRate,
    /** The count of numbers that take the step. */
    parameters: variables.reduce((sum, { size }) => sum + size, 0),
    /** The mean cross-entropy after steps of all parameters with learning rates from 0 on. */
    path: { rates, losses },
    /** The mean cross-entropy of the same batch after the step of all parameters. */
    lossAfter: itemAt(losses, rates.indexOf(learningRate)),
  };
}

const numberIn = (tensor: tf.Tensor, at = 0): number => itemAt(tensor.dataSync(), at);

const firstOf = (batch: tf.Tensor): Float32Array =>
  Float32Array.from(batch.slice([0], [1]).dataSync());

/** The least and the greatest distance along a weight: its valley may be narrow, or have no bottom. */
const [NEAREST, FARTHEST] = [0.5, 8];

/**
 * Follows the weight into the unit of a class that has the largest gradient, whatever its sign, through
 * its valley. Along a weight of the last layer the loss is convex: there is one valley.
 */
function weightOf(
  digit: number,
  { values: weights, gradients }: { values: tf.Tensor; gradients: tf.Tensor },
  hidden: tf.Tensor,
  logits: tf.Tensor,
  lossOfLogits: (z: tf.Tensor) => tf.Scalar,
) {
  const classes = itemAt(logits.shape, 1);
  const input = numberIn(gradients.slice([0, digit], [-1, 1]).abs().argMax());
  const at = input * classes + digit;
  const [value, gradient] = [numberIn(weights, at), numberIn(gradients, at)];
  // Only the logit of its class changes: by the input of each sample times what is added.
  const direction = hidden.slice([0, input], [-1, 1]).mul(tf.oneHot([digit], classes));
  const lossAt = (added: number): number =>
    tf.tidy(() => numberIn(lossOfLogits(logits.add(direction.mul(added)))));
  const downhill = -Math.sign(gradient) || 1;
  let bottom = NEAREST;
  while (bottom < FARTHEST && lossAt(downhill * 1.2 * bottom) < lossAt(downhill * bottom)) {
    bottom *= 1.2;
  }
  // From the slope behind us, over the bottom, to the other side.
  const added = spread(-0.6 * downhill * bottom, 2.4 * downhill * bottom, [0]);
  const values = added.map(each => value + each);
  return {
    /** The input of the last layer that it multiplies, and the class that it leads to. */
    ...{ input, digit, value },
    /** The slope of the loss here. */
    gradient,
    /** The mean cross-entropy for other values of this weight, all other weights as they are. */
    curve: { values, losses: added.map(lossAt) },
  };
}

/**
 * Finds a learning rate beyond the step at which the loss has clearly risen again, above what it was by
 * a third of what a step can gain; if it never does, ten times the step.
 */
function tooFar(rate: number, loss: number, along: (rates: readonly number[]) => number[]): number {
  const rates = Array.from({ length: 20 }, (_, i) => rate * 10 ** ((i + 1) / 10));
  const losses = along(rates);
  const hasRisen = (there: number, i: number) =>
    there >= loss + (loss - Math.min(loss, ...losses.slice(0, i))) / 3;
  return rates[losses.findIndex(hasRisen)] ?? 10 * rate;
}

/** Lists numbers from one to another, as many as make a smooth curve, and some between them, in order. */
function spread(from: number, to: number, between: readonly number[]): number[] {
  const even = Array.from({ length: 41 }, (_, i) => from + ((to - from) * i) / 40);
  return [...new Set([...even, ...between])].sort((a, b) => a - b);
}
