import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { at } from '../../../../lib/tfjs-graph/present';
import { fusedOptimizer } from '../../../../lib/tfjs-graph/train/optimizers';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { updateOf } from '../../../../lib/tfjs-graph/train/wasm/updates';

const value = fc.float({ min: -2, max: 2, noNaN: true });
const steps = fc.array(fc.tuple(value, value, value, value, value), {
  minLength: 1,
  maxLength: 20,
});
const START = [0.5, -1, 0, 3, 1e-3];

/** Five weights after steps of an optimizer with these gradients. */
function trained(optimizer: tf.Optimizer, gradients: readonly (readonly number[])[]): number[] {
  const fused = fusedOptimizer(optimizer);
  const update = fused && updateOf(fused);
  assert.ok(fused && update);
  const memory = new Memory();
  const made = () => memory.matrix(1, START.length);
  const weights = made();
  const matrices = { weights, gradient: made(), slots: [made(), made()] };
  weights.write(Float32Array.from(START));
  gradients.forEach((gradient, step) => {
    matrices.gradient.write(Float32Array.from(gradient));
    update(memory.kernels, matrices, fused.scalars(step + 1));
  });
  return [...weights.read()];
}

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((w, i) => {
    const error = Math.abs(w - at(expected, i));
    assert.ok(error < 2e-5, `${w}, expected ${expected[i]}`);
  });
}

describe('the updates of weights in WebAssembly', () => {
  it('take steps of gradient descent', () => {
    fc.assert(
      fc.property(steps, gradients => {
        const expected = START.map((w, i) =>
          gradients.reduce((sum, gradient) => sum - 0.1 * at(gradient, i), w),
        );
        assertClose(trained(tf.train.sgd(0.1), gradients), expected);
      }),
    );
  });

  it('take steps of Adam, as Kingma and Ba define it', () => {
    fc.assert(
      fc.property(steps, gradients => {
        const [rate, beta1, beta2, epsilon] = [0.01, 0.9, 0.999, 1e-3] as const;
        const expected = START.map((start, i) => {
          let [w, m, v] = [start, 0, 0];
          gradients.forEach((gradient, k) => {
            const g = at(gradient, i);
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            const corrected = (rate * Math.sqrt(1 - beta2 ** (k + 1))) / (1 - beta1 ** (k + 1));
            w -= (corrected * m) / (Math.sqrt(v) + epsilon);
          });
          return w;
        });
        assertClose(trained(tf.train.adam(rate, beta1, beta2, epsilon), gradients), expected);
      }),
    );
  });

  for (const isNesterov of [false, true]) {
    it(`take steps along the momentum${isNesterov ? ', as Nesterov does' : ''}`, () => {
      fc.assert(
        fc.property(steps, gradients => {
          const [rate, share] = [0.05, 0.9];
          const expected = START.map((start, i) => {
            let [w, m] = [start, 0];
            for (const gradient of gradients) {
              const g = at(gradient, i);
              m = share * m + g;
              w -= rate * (isNesterov ? g + share * m : m);
            }
            return w;
          });
          assertClose(trained(tf.train.momentum(rate, share, isNesterov), gradients), expected);
        }),
      );
    });
  }

  for (const share of [0, 0.5]) {
    it(`take steps of RMSprop, with a momentum of ${share}`, () => {
      fc.assert(
        fc.property(steps, gradients => {
          const [rate, decay, epsilon] = [0.01, 0.9, 1e-3];
          const expected = START.map((start, i) => {
            let [w, s, m] = [start, 0, 0];
            for (const gradient of gradients) {
              const g = at(gradient, i);
              s = decay * s + (1 - decay) * g * g;
              m = share * m + (rate * g) / Math.sqrt(s + epsilon);
              w -= m;
            }
            return w;
          });
          assertClose(trained(tf.train.rmsprop(rate, decay, share, epsilon), gradients), expected);
        }),
      );
    });
  }

  it('take steps of Adagrad, also where no gradient has been', () => {
    fc.assert(
      fc.property(steps, gradients => {
        const rate = 0.1;
        const expected = START.map((start, i) => {
          let [w, s] = [start, 0];
          for (const gradient of gradients) {
            const g = at(gradient, i);
            s += g * g;
            w -= (rate * g) / Math.sqrt(s + 1e-7);
          }
          return w;
        });
        assertClose(trained(tf.train.adagrad(rate), gradients), expected);
      }),
    );
  });

  it('are not written for every optimizer', () => {
    const fused = fusedOptimizer(tf.train.adagrad(0.1));
    assert.ok(fused);
    assert.equal(updateOf({ ...fused, op: 'ResourceApplyFtrl' }), undefined);
  });
});
