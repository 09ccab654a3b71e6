/** What a pass over samples gives: means over them. */
export interface Pass {
  readonly loss: number;
  /** The share of samples whose most probable class is the label. */
  readonly accuracy: number;
}

/** tfjs-layers keeps probabilities this far from 0 and 1 before it takes their logarithm. */
const EPSILON = 1e-7;

/**
 * The sparse cross-entropy and accuracy of probabilities.
 *
 * @param probabilities `[classes, samples]`.
 * @param labels classes, one a sample.
 */
export function crossEntropy(probabilities: Float32Array, labels: Int32Array): Pass {
  const samples = labels.length;
  let loss = 0;
  let right = 0;
  labels.forEach((label, column) => {
    let best = 0;
    for (let i = column, row = 0; i < probabilities.length; i += samples, row++) {
      if ((probabilities[i] as number) > (probabilities[best * samples + column] as number))
        best = row;
    }
    const p = probabilities[label * samples + column] ?? Number.NaN;
    loss -= Math.log(Math.min(Math.max(p, EPSILON), 1 - EPSILON));
    if (best === label) right++;
  });
  return { loss: loss / samples, accuracy: right / samples };
}

/**
 * The gradient of the mean cross-entropy with respect to the logits: `(p - one-hot) / samples`, and
 * none for a sample whose probability was cut off, as in tfjs-layers.
 */
export function logitGradient(probabilities: Float32Array, labels: Int32Array): Float32Array {
  const samples = labels.length;
  const gradient = probabilities.map(p => p / samples);
  labels.forEach((label, column) => {
    const own = label * samples + column;
    const p = probabilities[own] as number;
    if (p < EPSILON || p > 1 - EPSILON) {
      for (let i = column; i < gradient.length; i += samples) gradient[i] = 0;
    } else {
      gradient[own] = (p - 1) / samples;
    }
  });
  return gradient;
}
