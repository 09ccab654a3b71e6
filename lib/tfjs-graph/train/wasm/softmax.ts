import type { Matrix } from './memory';

export interface Targets {
  readonly labels: Int32Array;
  /** The weight of each sample in the loss; defaults to 1. */
  readonly weights?: Float32Array | undefined;
}

interface Pass {
  readonly loss: number;
  /** The share of samples whose most probable class is the label, whatever each counts. */
  readonly accuracy: number;
}

/**
 * Computes the sparse cross-entropy and accuracy of logits, which become probabilities in place.
 *
 * As in Keras the loss is taken from the logits, `log(sum(exp(z))) - z[label]`: it stays finite, and
 * has its slope, where the probability of the label is too small for a number.
 *
 * @param z logits, `[samples, classes]`.
 * @param targets with labels that are classes: the loss is NaN for one that is none.
 */
export function crossEntropy(z: Matrix, { labels, weights }: Targets): Pass {
  const { values, columns: classes, rowStride } = z;
  let loss = 0;
  let right = 0;
  labels.forEach((label, row) => {
    const logits = values.subarray(row * rowStride, row * rowStride + classes);
    const own = logits[label] ?? Number.NaN;
    let best = 0;
    let largest = logits[0] ?? Number.NaN;
    for (let i = 1; i < classes; i++) {
      const logit = logits[i] ?? Number.NaN;
      if (logit > largest) {
        best = i;
        largest = logit;
      }
    }
    let sum = 0;
    for (let i = 0; i < classes; i++) {
      // No exponential is too large, as the largest is that of 0.
      const e = Math.exp((logits[i] ?? Number.NaN) - largest);
      logits[i] = e;
      sum += e;
    }
    for (let i = 0; i < classes; i++) logits[i] = (logits[i] ?? Number.NaN) / sum;
    loss += (Math.log(sum) + largest - own) * (weights?.[row] ?? 1);
    if (best === label) right++;
  });
  return { loss: loss / labels.length, accuracy: right / labels.length };
}

/**
 * Computes the gradient of the mean cross-entropy with respect to the logits:
 * `weight (p - one-hot) / samples`.
 */
export function logitGradient(
  probabilities: Matrix,
  { labels, weights }: Targets,
  gradient: Matrix,
): void {
  const [p, g] = [probabilities.values, gradient.values];
  labels.forEach((label, row) => {
    const [i, j] = [row * probabilities.rowStride, row * gradient.rowStride];
    const share = (weights?.[row] ?? 1) / labels.length;
    for (let c = 0; c < gradient.columns; c++)
      g[j + c] = ((p[i + c] ?? Number.NaN) - (c === label ? 1 : 0)) * share;
  });
}
