import * as tf from '@tensorflow/tfjs';

/**
 * Waits until the cell's own code no longer runs. An interrupt ends that code wherever it is, past
 * every `finally`: work that must not be left half done is to begin after this.
 *
 * TensorFlow.js counts how deep it is in operations and gradients; where the code of an earlier cell
 * was ended inside of one, it would think so for ever and record no gradient any more.
 */
export async function outsideTheCell(): Promise<void> {
  await new Promise(done => setImmediate(done));
  Object.assign((tf.engine() as unknown as { state: object }).state, {
    kernelDepth: 0,
    gradientDepth: 0,
  });
}
