import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../lib/tfjs-graph/array';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { crossEntropy, logitGradient } from '../../../../lib/tfjs-graph/train/wasm/softmax';

const CLASSES = 3;
const logit = fc.double({ min: -5, max: 5, noNaN: true });
const batches = fc.array(
  fc.tuple(fc.tuple(logit, logit, logit), fc.integer({ min: 0, max: CLASSES - 1 })),
  { minLength: 1, maxLength: 5 },
);

/** Loss, accuracy and gradient of samples, each of logits and a label. */
function measured(samples: readonly (readonly [readonly number[], number])[]) {
  const memory = new Memory();
  const z = memory.matrix(samples.length, CLASSES);
  const gradient = memory.matrix(samples.length, CLASSES);
  z.write(Float32Array.from(samples.flatMap(([logits]) => [...logits])));
  const targets = { labels: Int32Array.from(samples, ([, label]) => label) };
  const pass = crossEntropy(z, targets);
  logitGradient(z, targets, gradient);
  return { ...pass, probabilities: [...z.read()], gradient: [...gradient.read()] };
}

describe('the cross-entropy of a softmax', () => {
  it('is the mean of -log(p), p the probability of the label', () => {
    const { loss, accuracy, probabilities } = measured([
      [[0, Math.log(3), 0], 1],
      [[Math.log(8), 0, 0], 2],
    ]);
    probabilities.forEach((p, i) => {
      assert.ok(Math.abs(p - at([0.2, 0.6, 0.2, 0.8, 0.1, 0.1], i)) < 1e-6);
    });
    assert.ok(Math.abs(loss + (Math.log(0.6) + Math.log(0.1)) / 2) < 1e-6);
    assert.equal(accuracy, 0.5);
  });

  it('has the gradient that finite differences give', () => {
    fc.assert(
      fc.property(batches, samples => {
        const { gradient } = measured(samples);
        const h = 2 ** -6;
        samples.forEach(([logits, label], s) => {
          logits.forEach((_, c) => {
            const moved = (by: number) =>
              measured(
                samples.map((sample, i) =>
                  i === s ? [logits.map((z, k) => (k === c ? z + by : z)), label] : sample,
                ),
              ).loss;
            const slope = (moved(h) - moved(-h)) / (2 * h);
            assert.ok(Math.abs(slope - at(gradient, s * CLASSES + c)) < 1e-4);
          });
        });
      }),
    );
  });

  it('has its whole gradient where the network is wrongly sure', () => {
    const { loss, gradient } = measured([[[1000, 0, -1000], 2]]);
    assert.equal(loss, 2000);
    assert.deepEqual(gradient, [1, 0, -1]);
  });

  it('counts each sample by its weight in loss and gradient, not in the accuracy', () => {
    const memory = new Memory();
    const [z, one] = [memory.matrix(2, 2), memory.matrix(2, 2)];
    const labels = Int32Array.of(0, 0);
    for (const logits of [z, one]) logits.write(Float32Array.of(0, Math.log(3), 0, 0));
    const [plain, weighted] = [memory.matrix(2, 2), memory.matrix(2, 2)];
    const targets = { labels, weights: Float32Array.of(3, 1) };
    const { loss, accuracy } = crossEntropy(z, targets);
    crossEntropy(one, { labels });
    assert.ok(Math.abs(loss - (3 * Math.log(4) + Math.log(2)) / 2) < 1e-6);
    assert.equal(accuracy, 0.5);
    logitGradient(z, targets, weighted);
    logitGradient(one, { labels }, plain);
    const [p = 0, q = 0, ...others] = plain.read();
    assert.deepEqual([...weighted.read()], [3 * p, 3 * q, ...others]);
  });

  it('takes the first of the most probable classes', () => {
    assert.equal(measured([[[1, 1, 0], 0]]).accuracy, 1);
    assert.equal(measured([[[1, 1, 0], 1]]).accuracy, 0);
  });

  it('is NaN for a label that is no class', () => {
    for (const label of [CLASSES, -1])
      assert.equal(measured([[[1, 2, 3], label]]).loss, Number.NaN);
  });
});
