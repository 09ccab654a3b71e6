import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StepMeans } from '../../../lib/digits/figures/step-means';

describe('StepMeans', () => {
  it('keeps each step of a short training', () => {
    const means = new StepMeans(['loss', 'acc'], 4, 2);
    [3, 2, 1].forEach(loss => {
      means.add({ loss, acc: 1 / loss, size: 64 });
    });
    assert.equal(means.size, 1);
    assert.deepEqual(means.values, { loss: [3, 2, 1], acc: [1 / 3, 1 / 2, 1] });
    assert.deepEqual(means.epochs, [0.125, 0.375, 0.625]);
    assert.equal(means.reached, 0.75);
  });

  it("keeps the lesson's 3 750 steps as 250 points, each the mean of 15", () => {
    const means = new StepMeans(['loss'], 750, 5);
    const losses = Array.from({ length: 3750 }, (_, step) => Math.sin(step) + 2);
    for (const loss of losses) means.add({ loss });
    assert.equal(means.size, 15);
    assert.equal(means.values.loss?.length, 250);
    const mean = losses.slice(30, 45).reduce((sum, loss) => sum + loss) / 15;
    assert.ok(Math.abs((means.values.loss?.[2] ?? 0) - mean) < 1e-12);
    assert.equal(means.epochs[2], 37.5 / 750);
    assert.equal(means.reached, 5);
  });

  it('shows a point once all its steps are done, and the first one at once', () => {
    const means = new StepMeans(['loss'], 500, 1);
    const seen = [4, 2, 9, 1].map(loss => {
      means.add({ loss });
      return [...(means.values.loss ?? [])];
    });
    assert.deepEqual(seen, [[4], [3], [3], [3, 5]]);
    assert.deepEqual(means.epochs, [1 / 500, 3 / 500]);
  });

  it('keeps the mean of all steps, at positions that grow, in 250 points at most', () => {
    const input = fc.record({
      perEpoch: fc.integer({ min: 1, max: 400 }),
      epochs: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(input, ({ perEpoch, epochs }) => {
        const means = new StepMeans(['loss'], perEpoch, epochs);
        const points = means.values.loss ?? [];
        const steps = Math.floor((perEpoch * epochs) / means.size) * means.size;
        for (let step = 0; step < steps; step++) means.add({ loss: step });
        assert.ok(points.length <= 250 && points.length * means.size === steps);
        const mean = points.reduce((sum, point) => sum + point, 0) / points.length;
        assert.ok(Math.abs(mean - (steps - 1) / 2) <= 1e-9 * steps);
        means.epochs.forEach((at, i) => {
          assert.ok(at > (means.epochs[i - 1] ?? 0) && at < means.reached);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('shows where a value was no number, and goes on after it', () => {
    const means = new StepMeans(['loss'], 1, 3);
    for (const loss of [1, Number.NaN, 2]) means.add({ loss });
    assert.deepEqual(means.values.loss, [1, Number.NaN, 2]);
  });
});
