import { itemAt } from '../item-at';

/** The input that one weight carries to the logit of one class, and the logits as they are. */
export interface WeightedInput {
  /** The input that the weight multiplies, one a sample. */
  readonly inputs: ArrayLike<number>;
  /** $z$, `[samples, classes]`. */
  readonly logits: readonly (readonly number[])[];
  /** The class of each sample. */
  readonly labels: ArrayLike<number>;
  /** The class to which the weight leads. */
  readonly digit: number;
}

/** The mean cross-entropy, and its slope. */
type Loss = (added: number) => { loss: number; slope: number };

/**
 * Prepares the loss as a function of what is added to one weight of the last layer, all others as they
 * are. Only the logit of its class changes: by the input times what is added.
 */
export function lossAlongWeight({ inputs, logits, labels, digit }: WeightedInput): Loss {
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
export function bottomOf(loss: Loss): number {
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
