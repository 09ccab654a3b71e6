import assert from 'node:assert/strict';
import { progressLine, resultLine } from '../../../lib/digits/training/progress-line';

const metrics = {
  loss: 0.3316,
  sparseCategoricalAccuracy: 0.908,
  val_loss: 0.1854,
  val_sparseCategoricalAccuracy: 0.949,
};

describe('progress line', () => {
  it("is Keras's while it runs", () => {
    assert.equal(
      progressLine({ step: 337, steps: 750, seconds: 0.9, metrics: { loss: 0.4321 } }),
      '337/750 [============>.................] - ETA: 1s - loss: 0.4321',
    );
  });

  it("is Keras's when the epoch is done", () => {
    assert.equal(
      progressLine({ step: 750, steps: 750, seconds: 1.7, metrics }),
      '750/750 [==============================] - 2s 2ms/step - loss: 0.3316 - ' +
        'sparse_categorical_accuracy: 0.9080 - val_loss: 0.1854 - val_sparse_categorical_accuracy: 0.9490',
    );
  });

  it('keeps its width from the first step to the last', () => {
    const bars = Array.from({ length: 150 }, (_, i) =>
      progressLine({ step: i + 1, steps: 150, seconds: 1, metrics: {} }).slice(0, 40),
    );
    for (const line of bars) assert.match(line, /^ *\d+\/150 \[=*>?\.*\]$/, line);
    assert.equal(bars[0], '  1/150 [..............................]');
    assert.equal(bars[5], '  6/150 [>.............................]');
  });

  it('gives the time left in seconds, minutes or hours', () => {
    const eta = (seconds: number) =>
      progressLine({ step: 1, steps: 2, seconds, metrics: {} }).split('ETA: ')[1];
    assert.equal(eta(42), '42s');
    assert.equal(eta(75), '1:15');
    assert.equal(eta(3725), '1:02:05');
  });

  it('gives the time of a step in the unit that suits it', () => {
    const done = (seconds: number) =>
      progressLine({ step: 10, steps: 10, seconds, metrics: {} }).split('] - ')[1];
    assert.equal(done(30), '30s 3s/step');
    assert.equal(done(0.05), '0s 5ms/step');
    assert.equal(done(0.002), '0s 200us/step');
  });

  it('prints small values with an exponent, and NaN as it is', () => {
    const line = resultLine({
      step: 1,
      steps: 1,
      seconds: 0,
      metrics: { loss: 0.00012345, mse: NaN },
    });
    assert.equal(line, '1/1 - 0s - loss: 1.2345e-04 - mse: NaN');
  });
});
