/** The ops for cross-entropies and gradients, compared with the losses of tfjs-layers. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { describeNative } from '../../native';
import { floats, make, runOp, useAddon } from './own-op';

/** Logits beyond and at the limits of the losses' clipping, and more values than a register holds. */
const rows = [
  [0.3, 1.7, 0, 0.2],
  [0, 0, 0.5, 1e-8],
  [0.1, 0.2, 0.3, 0.4],
  [1e-7, 1, 0.9999999, 0.5],
  [2, 2, 2, 2],
];
const classes = [0, 1, 3, 2, 7];

const ops = {
  sparseCategoricalCrossentropy: 'SparseCrossEntropy',
  categoricalCrossentropy: 'DenseCrossEntropy',
  binaryCrossentropy: 'BinaryCrossEntropy',
};

/** Returns a loss and the gradients from tfjs-layers. */
function stock(name: string, labels: tf.Tensor, x: tf.Tensor, activate = (p: tf.Tensor) => p) {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [1] })] });
  model.compile({ optimizer: 'sgd', loss: name });
  const { lossFunctions } = (model as unknown as { model: Compiled }).model;
  const loss = (p: tf.Tensor) => lossFunctions[0](labels, activate(p));
  return [loss(x), tf.grad(p => loss(p).sum())(x)] as const;
}

interface Compiled {
  readonly lossFunctions: readonly [(labels: tf.Tensor, p: tf.Tensor) => tf.Tensor];
}

describeNative('the op of a cross-entropy', () => {
  before(useAddon);

  for (const [name, op] of Object.entries(ops)) {
    const isSparse = op === 'SparseCrossEntropy';
    const logits = op === 'BinaryCrossEntropy' ? [false] : [false, true];
    for (const fromLogits of logits) {
      it(`gives the numbers of ${name}${fromLogits ? ', from the logits of a softmax' : ''}`, () =>
        tf.tidy(() => {
          const x = tf.tensor2d(rows);
          const oneHot = tf.oneHot(classes, 4).toFloat();
          const labels = isSparse ? tf.tensor1d(classes) : oneHot.mul(0.9).add(0.025);
          const attrs = [make.bool('from_logits', fromLogits), make.float('scale', 0.5)];
          const outputs = runOp(op, attrs, [floats(x), floats(labels)], 3);
          const [losses, slopes] = stock(name, labels, x, fromLogits ? tf.softmax : undefined);
          const expected = [losses, slopes.mul(0.5), ...(fromLogits ? [tf.softmax(x)] : [])];
          for (const [i, tensor] of expected.entries()) {
            assert.deepEqual(outputs[i]?.shape, tensor.shape);
            tensor.dataSync().forEach((value, k) => {
              const error = Math.abs(Number(outputs[i]?.values[k]) - value);
              assert.ok(
                error <= 2e-6 * Math.max(1, Math.abs(value)),
                `${i}.${k}: off by ${error} of ${value}`,
              );
            });
          }
        }));
    }
  }
});
