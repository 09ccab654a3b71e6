/** Changes a picture by gradient descent on pixels instead of weights, until the answer changes. */
import * as tf from '@tensorflow/tfjs';
import { LearnerError } from '../input/errors';
import { argMax } from '../input/given';
import { requireFinite } from '../input/not-finite';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { forwardTo, requirePicture } from './passes';

/** A change of a picture that changes the network's answer; numbers only. */
export interface Nudge extends ReturnType<typeof nudgeOf> {}

/** Minimum lead of the new answer's logit, against rounding errors. */
const LEAD = 0.02;
/** Maximum number of steps. Several layers are nonlinear, and pixels saturate at black and white. */
const STEPS = 100;
/** A number above every logit. */
const BEYOND = 1e9;

/**
 * Finds a small change of a picture that changes the network's answer. Steps follow the pixel gradient of
 * $z_{to} - \max z_{other}$; the sum of the steps is then scaled down to the necessary size. The model stays
 * unchanged.
 *
 * Pixels stay in [0, 1], or within a wider range of the input picture.
 *
 * @param model any model with a dense softmax output layer.
 * @param x a single picture with batch axis, `[1, height, width]`, float32, in the model's input format.
 * @param options.to the target digit; defaults to the digit with the smallest change.
 * @throws ShapeError for several pictures.
 * @throws OptionError if `to` is not one of the model's classes, or is already the answer.
 * @throws OutputLayerError if the model has another output layer.
 * @throws NotFiniteError if an output is NaN or infinite, with the likeliest cause.
 * @throws RangeError if no such change is found, for example if all weights are 0.
 * @example
 * const { largest, probabilities, to } = nudge(model, xTest.slice(0, 1));
 * largest < 1; // true
 * probabilities.after.indexOf(Math.max(...probabilities.after)) === to; // true
 */
export function nudge(
  model: tf.LayersModel,
  x: tf.Tensor,
  { to }: { readonly to?: number } = {},
): Nudge {
  requirePicture(model, x, 'nudge(model, x)');
  return tf.tidy(() => nudgeOf(model, x.toFloat(), to) as never);
}

function nudgeOf(model: tf.LayersModel, x: tf.Tensor, wanted: number | undefined) {
  const texts = messages().figures.nudge;
  const logitsOf = forwardTo(model, x);
  const { logits } = logitsOf();
  const logitValues = logits.flatten().dataSync();
  // relu turns NaN into 0 in WebAssembly.
  requireFinite(itemAt(logits.sum().add(x.sum()).dataSync(), 0), model, { x });
  const from = argMax(logitValues);
  if (wanted === from) throw new LearnerError('OptionError', texts.already(from));
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted in logitValues)) {
    throw new LearnerError('OptionError', texts.noClass(wanted, logitValues.length - 1));
  }
  const [nearest] = [...logitValues.keys()]
    .filter(to => to !== from && to === (wanted ?? to))
    .flatMap(to => {
      const oneHot = tf.oneHot([to], logitValues.length);
      /** Returns the lead of this class's logit over the largest other logit. */
      const leadOf = (picture: tf.Tensor): tf.Scalar => {
        const z = logitsOf(picture).logits;
        return z
          .mul(oneHot)
          .sum()
          .sub(z.sub(oneHot.mul(BEYOND)).max());
      };
      const after = turned(leadOf, x);
      return after ? [{ to, after, size: itemAt(after.sub(x).norm().dataSync(), 0) }] : [];
    })
    .sort((a, b) => a.size - b.size);
  if (!nearest) throw new RangeError(texts.none(from));
  const values = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
  const change = values(nearest.after.sub(x));
  return {
    /** Picture size, `[height, width]`. */
    shape: x.shape.slice(1),
    /** Pixels before and after the change, row by row. */
    pixels: { before: values(x), after: values(nearest.after) },
    change,
    from,
    to: nearest.to,
    /** One probability per class, summing to 1. */
    probabilities: {
      before: values(logits.softmax()),
      after: values(logitsOf(nearest.after).logits.softmax()),
    },
    largest: Math.max(...change.map(Math.abs)),
    total: change.reduce((sum, value) => sum + Math.abs(value), 0),
  };
}

/**
 * Moves a picture until the target class leads, then shortens the change. Returns undefined if the target is
 * unreachable.
 */
function turned(leadOf: (x: tf.Tensor) => tf.Scalar, x: tf.Tensor): tf.Tensor | undefined {
  const [low, high] = [Math.min(0, ...x.dataSync()), Math.max(1, ...x.dataSync())];
  let after = x;
  for (let step = 0; step < STEPS; step++) {
    const { value, grad } = tf.valueAndGrad(leadOf)(after);
    const lead = value.arraySync();
    if (lead >= LEAD) return shortened(x, after, picture => leadOf(picture).arraySync() >= LEAD);
    const steepness = grad.square().sum().arraySync() as number;
    if (!(steepness > 0)) return undefined;
    after = after.add(grad.mul((2 * LEAD - lead) / steepness)).clipByValue(low, high);
  }
  return undefined;
}

/** Returns the smallest share of a change that still changes the answer. */
function shortened(x: tf.Tensor, after: tf.Tensor, turns: (x: tf.Tensor) => boolean): tf.Tensor {
  const partOf = (share: number) => x.add(after.sub(x).mul(share));
  let [short, long] = [0, 1];
  for (let halving = 0; halving < 10; halving++) {
    const middle = (short + long) / 2;
    if (turns(partOf(middle))) long = middle;
    else short = middle;
  }
  return long === 1 ? after : partOf(long);
}
