import assert from 'node:assert/strict';
import { type Metrics, progressLine, resultLine } from '../../../lib/digits/training/progress';

const line = (step: number, steps: number, seconds: number, metrics: Metrics = {}) =>
  progressLine({ step, steps, seconds, metrics });

describe('progress line', () => {
  it("is Keras's, while it runs and when the epoch is done", () => {
    assert.equal(line(1, 150, 1).slice(0, 40), '  1/150 [..............................]');
    assert.equal(
      line(337, 750, 0.9, { loss: 0.4321 }),
      '337/750 [============>.................] - ETA: 1s - loss: 0.4321',
    );
    const metrics = { loss: 0.3316, sparseCategoricalAccuracy: 0.908, val_loss: 0.1854 };
    assert.equal(
      line(750, 750, 1.7, metrics),
      '750/750 [==============================] - 2s 2ms/step - loss: 0.3316 - sparse_categorical_accuracy: 0.9080 - val_loss: 0.1854',
    );
  });

  it('gives the time left, and that of a step, in the unit that suits it', () => {
    for (const [step, steps, seconds, expected] of [
      [1, 2, 42, 'ETA: 42s'],
      [1, 2, 75, 'ETA: 1:15'],
      [1, 2, 3725, 'ETA: 1:02:05'],
      [10, 10, 30, '30s 3s/step'],
      [10, 10, 0.05, '0s 5ms/step'],
      [10, 10, 0.002, '0s 200us/step'],
    ] as const) {
      assert.equal(line(step, steps, seconds).split('] - ')[1], expected);
    }
  });

  it('prints small values with an exponent, and NaN as it is', () => {
    const metrics = { loss: 0.00012345, mse: Number.NaN };
    const result = resultLine({ step: 1, steps: 1, seconds: 0, metrics });
    assert.equal(result, '1/1 - 0s - loss: 1.2345e-04 - mse: NaN');
  });
});
