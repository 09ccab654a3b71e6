import { itemAt } from './item-at';

/** What the last layer of a network computes for a batch, and what it should have. */
export interface LastLayer {
  readonly samples: number;
  /** Its inputs, `samples × units`. */
  readonly hidden: ArrayLike<number>;
  /** $z$, `samples × classes`. */
  readonly logits: ArrayLike<number>;
  /** The class of each sample. */
  readonly labels: ArrayLike<number>;
}

/** One weight of the last layer: it carries one input to one class. */
export interface Place {
  readonly input: number;
  readonly digit: number;
}

/**
 * Finds the weight of the last layer whose gradient is the largest, whatever its sign. The gradient
 * of a weight is the mean, over the batch, of its input times $p - y$ of its class.
 */
export function steepest({ samples, hidden, logits, labels }: LastLayer): Place {
  const [units, classes] = [hidden.length / samples, logits.length / samples];
  const sums = new Float64Array(units * classes);
  for (let i = 0; i < samples; i++) {
    const p = softmax(logits, i * classes, classes);
    for (let unit = 0; unit < units; unit++) {
      const h = itemAt(hidden, i * units + unit);
      if (h === 0) continue;
      for (let digit = 0; digit < classes; digit++) {
        const push = itemAt(p, digit) - Number(labels[i] === digit);
        sums[unit * classes + digit] = itemAt(sums, unit * classes + digit) + h * push;
      }
    }
  }
  const best = sums.reduce(
    (at, sum, i) => (Math.abs(sum) > Math.abs(itemAt(sums, at)) ? i : at),
    0,
  );
  return { input: Math.floor(best / classes), digit: best % classes };
}

/**
 * Prepares the loss as a function of one weight, all others as they are. Only the logit of its class
 * changes: by the input times what is added to the weight.
 *
 * @returns for a number added to the weight, the mean cross-entropy and its slope there.
 */
export function alongWeight(last: LastLayer, { input, digit }: Place) {
  const { samples, hidden, logits, labels } = last;
  const [units, classes] = [hidden.length / samples, logits.length / samples];
  const rows = Array.from({ length: samples }, (_, i) => ({
    z: Float64Array.from({ length: classes }, (_, j) => itemAt(logits, i * classes + j)),
    h: itemAt(hidden, i * units + input),
    label: itemAt(labels, i),
  }));
  return (added: number): { loss: number; slope: number } => {
    const total = { loss: 0, slope: 0 };
    for (const { z, h, label } of rows) {
      const moved = Float64Array.from(z, (value, j) => (j === digit ? value + h * added : value));
      const p = softmax(moved, 0, classes);
      total.loss += logSum(moved, 0, classes) - itemAt(moved, label);
      total.slope += h * (itemAt(p, digit) - Number(label === digit));
    }
    return { loss: total.loss / samples, slope: total.slope / samples };
  };
}

/** How far a weight is followed at most: its valley may have no bottom. */
const FARTHEST = 8;

/**
 * Measures how far the lowest loss is. Along a weight of the last layer the loss is convex, so there is
 * one valley, and its slope changes sign at the bottom.
 *
 * @returns at least 0.5 and at most 8, so that there is something to see.
 */
export function bottomOf(loss: ReturnType<typeof alongWeight>): number {
  const downhill = -Math.sign(loss(0).slope) || 1;
  const descends = (distance: number) => loss(downhill * distance).slope * downhill < 0;
  let [near, far] = [0, 0.5];
  while (far < FARTHEST && descends(far)) [near, far] = [far, 2 * far];
  for (let halving = 0; halving < 12; halving++) {
    const middle = (near + far) / 2;
    if (descends(middle)) near = middle;
    else far = middle;
  }
  return downhill * Math.max(0.5, far);
}

function softmax(z: ArrayLike<number>, from: number, classes: number): Float64Array {
  const total = logSum(z, from, classes);
  return Float64Array.from({ length: classes }, (_, j) => Math.exp(itemAt(z, from + j) - total));
}

/** ln Σ e^z, with the largest taken out of the sum, so that no power is beyond all numbers. */
function logSum(z: ArrayLike<number>, from: number, classes: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < classes; j++) largest = Math.max(largest, itemAt(z, from + j));
  let sum = 0;
  for (let j = 0; j < classes; j++) sum += Math.exp(itemAt(z, from + j) - largest);
  return largest + Math.log(sum);
}
