/** Moves the picture, not the weights: the same gradient descent, by pixel, until the answer turns. */
import * as tf from '@tensorflow/tfjs';
import { withLearnerErrors } from '../device/engine-messages';
import { OptionError } from '../input/errors';
import { argMax } from '../input/given';
import { requireFinite } from '../input/not-finite';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { forwardTo, requirePicture } from './passes';

/** A change of a picture that turns the network's answer; numbers only. */
export interface Nudge extends ReturnType<typeof nudgeOf> {}

/** By so much the new answer's logit must lead, so that rounding cannot turn it back. */
const LEAD = 0.02;
/** A network of several layers bends, and pixels stop at black and white: then it takes several steps. */
const STEPS = 100;
/** Above every logit. */
const BEYOND = 1e9;

/**
 * Finds a small change of a picture that turns the network's answer: steps along the gradient by pixel of
 * $z_{to} - \max z_{other}$, then only as much of their sum as it takes. The model stays as it is.
 *
 * Pixels stay in [0, 1], or within the range of the picture if that is wider.
 *
 * @param model ends in a dense layer with softmax; what comes before may be anything.
 * @param x a single picture with its batch axis, `[1, height, width]`, float32, as the model takes it.
 * @param options.to the digit to turn it to; unless given, the one that takes the smallest change.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws TensorError if `x` is no tensor of numbers.
 * @throws ShapeError if the picture does not fit the model, or is not a single one.
 * @throws OptionError if `to` is none of the model's classes, or is its answer already.
 * @throws OutputLayerError if the model ends otherwise.
 * @throws NotFiniteError if what the model gives is no number, with the likeliest cause.
 * @throws RangeError if no such change is found, as where all weights are 0.
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
  return withLearnerErrors(() => tf.tidy(() => nudgeOf(model, x.toFloat(), to) as never));
}

function nudgeOf(model: tf.LayersModel, x: tf.Tensor, wanted: number | undefined) {
  const texts = messages().figures.nudge;
  const logitsOf = forwardTo(model, x);
  const { logits } = logitsOf();
  const known = logits.flatten().dataSync();
  // In WebAssembly relu makes 0 of NaN.
  requireFinite(itemAt(logits.sum().add(x.sum()).dataSync(), 0), model, { x });
  const from = argMax(known);
  if (wanted === from) throw new OptionError(texts.already(from));
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted in known)) {
    throw new OptionError(texts.noClass(wanted, known.length - 1));
  }
  const [found] = [...known.keys()]
    .filter(to => to !== from && to === (wanted ?? to))
    .flatMap(to => {
      const own = tf.oneHot([to], known.length);
      /** By how much the logit of that class leads all others. */
      const leadOf = (at: tf.Tensor): tf.Scalar => {
        const z = logitsOf(at).logits;
        return z
          .mul(own)
          .sum()
          .sub(z.sub(own.mul(BEYOND)).max());
      };
      const after = turned(leadOf, x);
      return after ? [{ to, after, size: itemAt(after.sub(x).norm().dataSync(), 0) }] : [];
    })
    .sort((a, b) => a.size - b.size);
  if (!found) throw new RangeError(texts.none(from));
  const values = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
  const change = values(found.after.sub(x));
  return {
    /** Sizes of the picture, `[height, width]`. */
    shape: x.shape.slice(1),
    /** Its pixels, row after row, and what they become. */
    pixels: { before: values(x), after: values(found.after) },
    /** What is added to each pixel. */
    change,
    /** The answer to the picture as it was. */
    from,
    /** The answer to the changed one. */
    to: found.to,
    /** One a class, summing to 1. */
    probabilities: {
      before: values(logits.softmax()),
      after: values(logitsOf(found.after).logits.softmax()),
    },
    /** The largest change of a pixel. */
    largest: Math.max(...change.map(Math.abs)),
    /** All changes added up, whatever their signs. */
    total: change.reduce((sum, value) => sum + Math.abs(value), 0),
  };
}

/** Moves a picture until the lead is won, then back as far as it stays so; undefined if it cannot be. */
function turned(leadOf: (x: tf.Tensor) => tf.Scalar, x: tf.Tensor): tf.Tensor | undefined {
  const [low, high] = [Math.min(0, ...x.dataSync()), Math.max(1, ...x.dataSync())];
  let after = x;
  for (let step = 0; step < STEPS; step++) {
    const { value, grad } = tf.valueAndGrad(leadOf)(after);
    const lead = value.arraySync();
    if (lead >= LEAD) return shortened(x, after, at => leadOf(at).arraySync() >= LEAD);
    const steepness = grad.square().sum().arraySync() as number;
    if (!(steepness > 0)) return undefined;
    after = after.add(grad.mul((2 * LEAD - lead) / steepness)).clipByValue(low, high);
  }
  return undefined;
}

/** Takes the least share of a change that still turns the answer. */
function shortened(x: tf.Tensor, after: tf.Tensor, turns: (at: tf.Tensor) => boolean): tf.Tensor {
  const at = (share: number) => x.add(after.sub(x).mul(share));
  let [short, long] = [0, 1];
  for (let halving = 0; halving < 10; halving++) {
    const middle = (short + long) / 2;
    if (turns(at(middle))) long = middle;
    else short = middle;
  }
  return long === 1 ? after : at(long);
}
