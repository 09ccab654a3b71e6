import assert from 'node:assert/strict';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { crossEntropy, logitGradient } from '../../../../lib/tfjs-graph/train/wasm/softmax';

const CLASSES = 3;

interface Sample {
  readonly logits: readonly number[];
  readonly label: number;
  /** How much it counts; 1 by default. */
  readonly weight?: number;
}

/** Loss, accuracy and gradient of samples. */
function measured(samples: readonly Sample[]) {
  const memory = new Memory();
  const z = memory.matrix(samples.length, CLASSES);
  const gradient = memory.matrix(samples.length, CLASSES);
  z.write(Float32Array.from(samples.flatMap(({ logits }) => [...logits])));
  const targets = {
    labels: Int32Array.from(samples, ({ label }) => label),
    weights: Float32Array.from(samples, ({ weight = 1 }) => weight),
  };
  const pass = crossEntropy(z, targets);
  logitGradient(z, targets, gradient);
  return { ...pass, gradient: [...gradient.read()] };
}

describe('the cross-entropy of a softmax', () => {
  it('is the weighted mean of -log(p); the accuracy counts each sample once', () => {
    const { loss, accuracy } = measured([
      { logits: [0, Math.log(3), 0], label: 1 },
      { logits: [Math.log(8), 0, 0], label: 2, weight: 3 },
    ]);
    assert.ok(Math.abs(loss + (Math.log(0.6) + 3 * Math.log(0.1)) / 2) < 1e-6);
    assert.equal(accuracy, 0.5);
  });

  it('has its whole gradient where the network is wrongly sure', () => {
    const { loss, gradient } = measured([{ logits: [1000, 0, -1000], label: 2 }]);
    assert.deepEqual([loss, gradient], [2000, [1, 0, -1]]);
  });

  it('takes the first of the most probable classes, and is NaN for a label that is no class', () => {
    assert.equal(measured([{ logits: [1, 1, 0], label: 0 }]).accuracy, 1);
    assert.equal(measured([{ logits: [1, 1, 0], label: 1 }]).accuracy, 0);
    for (const label of [CLASSES, -1]) {
      assert.equal(measured([{ logits: [1, 2, 3], label }]).loss, Number.NaN);
    }
  });
});
