/** Right and wrong answers to the exercises of stage 5. */
import * as tf from '@tensorflow/tfjs';
import { call, mistake, relu, right, softmax, stack, sum, type Tries } from './tries';

const { dense, flatten, reshape } = tf.layers;

type Layers = [w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D];

/** Answers 5.2 with another weight or bias. */
const merged = ({
  w = (...[w1, , w2]: Layers): tf.Tensor => w1.matMul(w2),
  b = (...[, b1, w2, b2]: Layers): tf.Tensor => b1.reshape([1, -1]).matMul(w2).add(b2),
}) => call((...given: Layers) => [w(...given), b(...given)]);

/** Answers 5.3: what is done to the numbers, what to their powers. */
const powersOf =
  (prepared: (logits: number[]) => number[], power: (z: number) => number = Math.exp) =>
  () =>
  (logits: number[]) => {
    const powers = prepared(logits).map(power);
    return powers.map(power => power / sum(powers));
  };

export const stage5: Tries = {
  '5.1': {
    right: [
      right('a list of layers, with tanh and elu', () =>
        tf.sequential({
          layers: [
            flatten({ inputShape: [28, 28] }),
            dense({ units: 20, activation: 'tanh' }),
            dense({ units: 30, activation: 'elu' }),
            dense({ units: 10, activation: 'softmax' }),
          ],
        }),
      ),
      right('activations as layers, with others between', () => {
        const model = tf.sequential();
        model.add(reshape({ targetShape: [784], inputShape: [28, 28] }));
        model.add(dense({ units: 20 }));
        model.add(tf.layers.batchNormalization());
        model.add(tf.layers.leakyReLU());
        model.add(dense({ units: 20, activation: 'relu' }));
        model.add(tf.layers.activation({ activation: 'linear' }));
        model.add(tf.layers.dropout({ rate: 0.5 }));
        model.add(dense({ units: 10 }));
        model.add(tf.layers.softmax());
        return model;
      }),
      right('layers in a nested model', () => {
        const model = stack(relu(20));
        const rest = tf.sequential();
        rest.add(dense({ units: 20, activation: 'relu', inputShape: [20] }));
        rest.add(dense({ units: 10, activation: 'softmax' }));
        model.add(rest);
        return model;
      }),
      right('a nested model at the beginning', () => {
        const model = tf.sequential();
        model.add(stack(relu(20), relu(20)));
        model.add(dense({ units: 10, activation: 'softmax' }));
        return model;
      }),
      right('a functional model', () => {
        const inputs = tf.input({ shape: [28, 28] });
        const flat = flatten().apply(inputs);
        const first = dense({ units: 20, activation: 'relu' }).apply(flat);
        const second = dense({ units: 20, activation: 'sigmoid' }).apply(first);
        const joined = tf.layers.concatenate().apply([flat, second] as tf.SymbolicTensor[]);
        const outputs = dense({ units: 10, activation: 'softmax' }).apply(joined);
        return tf.model({ inputs, outputs: outputs as tf.SymbolicTensor });
      }),
      right('a convolution as the first', () => {
        const model = tf.sequential();
        model.add(reshape({ targetShape: [28, 28, 1], inputShape: [28, 28] }));
        model.add(tf.layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu' }));
        model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
        model.add(flatten());
        model.add(dense({ units: 20, activation: 'relu' }));
        model.add(dense({ units: 10, activation: 'softmax' }));
        return model;
      }),
      right('a fixed batch', () => {
        const model = tf.sequential();
        model.add(flatten({ batchInputShape: [4, 28, 28] }));
        for (const options of [relu(20), relu(20), softmax(10)]) model.add(dense(options));
        return model;
      }),
    ],
    wrong: [
      mistake('the second without activation', /Hidden layer 2 has no activation/, () =>
        stack(relu(64), { units: 32 }, softmax(10)),
      ),
      mistake('the first without activation', /Hidden layer 1 has no activation/, () =>
        stack({ units: 64 }, relu(32), softmax(10)),
      ),
      mistake('linear, in words', /Hidden layer 1 has no activation/, () =>
        stack({ units: 64, activation: 'linear' }, relu(32), softmax(10)),
      ),
      mistake('no softmax', /not to 1\. The output layer lacks softmax/, () =>
        stack(relu(64), relu(32), { units: 10 }),
      ),
      mistake('sigmoid for softmax', /has sigmoid where softmax should be/, () =>
        stack(relu(64), relu(32), { units: 10, activation: 'sigmoid' }),
      ),
      mistake('relu for softmax', /has relu where softmax should be/, () =>
        stack(relu(64), relu(32), relu(10)),
      ),
      mistake('one hidden layer', /has 1 hidden layer; it should have 2/, () =>
        stack(relu(64), softmax(10)),
      ),
      mistake('three hidden layers', /has 3 hidden layers/, () =>
        stack(relu(64), relu(64), relu(64), softmax(10)),
      ),
      mistake('no hidden layer', /has 0 hidden layers/, () => stack(softmax(10))),
      mistake('two side by side', /has 1 hidden layer;/, () => {
        const inputs = tf.input({ shape: [28, 28] });
        const flat = flatten().apply(inputs);
        const side = () => dense({ units: 20, activation: 'relu' }).apply(flat);
        const joined = tf.layers.concatenate().apply([side(), side()] as tf.SymbolicTensor[]);
        const outputs = dense({ units: 10, activation: 'softmax' }).apply(joined);
        return tf.model({ inputs, outputs: outputs as tf.SymbolicTensor });
      }),
      mistake('no Flatten', /Without Flatten/, () => {
        const model = tf.sequential();
        model.add(dense({ units: 64, activation: 'relu', inputShape: [28, 28] }));
        model.add(dense({ units: 32, activation: 'relu' }));
        model.add(dense({ units: 10, activation: 'softmax' }));
        return model;
      }),
      mistake('784 inputs', /Let Flatten come first/, () => {
        const model = tf.sequential();
        model.add(dense({ units: 64, activation: 'relu', inputShape: [784] }));
        model.add(dense({ units: 32, activation: 'relu' }));
        model.add(dense({ units: 10, activation: 'softmax' }));
        return model;
      }),
      mistake('pictures with a channel', /now a sample has the shape \[28,28,1\]/, () => {
        const model = tf.sequential();
        model.add(flatten({ inputShape: [28, 28, 1] }));
        for (const options of [relu(20), relu(20), softmax(10)]) model.add(dense(options));
        return model;
      }),
      mistake('nine classes', /ten numbers for each picture/, () =>
        stack(relu(64), relu(32), softmax(9)),
      ),
      mistake('two outputs', /a single input and a single output/, () => {
        const { inputs, outputs, layers } = stack(relu(64), relu(32), softmax(10));
        return tf.model({ inputs, outputs: [...outputs, layers[2]?.output as tf.SymbolicTensor] });
      }),
      mistake('layers without a model', /should be a model, but it is \[Flatten, Dense\]/, () => [
        flatten({ inputShape: [28, 28] }),
        dense({ units: 10 }),
      ]),
    ],
  },
  '5.2': {
    right: [
      right(
        'the bias by a sum of rows',
        merged({
          b: (...[, b1, w2, b2]) => w2.mul(b1.expandDims(1)).sum(0).add(b2),
        }),
      ),
      right('the bias as what comes out for 0', () => (...[w1, b1, w2, b2]: Layers) => {
        const at = (x: tf.Tensor) => x.matMul(w1).add(b1).matMul(w2).add(b2);
        const b = at(tf.zeros([1, w1.shape[0]]));
        return [at(tf.eye(w1.shape[0])).sub(b), b];
      }),
      right('arrays', () => async (...[w1, b1, w2, b2]: Layers) => [
        w1.matMul(w2).arraySync(),
        await tf.dot(b1, w2).add(b2).array(),
      ]),
    ],
    wrong: [
      mistake(
        'the factors exchanged',
        /wrong order.*w1 · w2/,
        merged({
          w: (...[w1, , w2]) => w2.matMul(w1),
        }),
      ),
      mistake(
        'element by element',
        /mul multiplies number by number/,
        merged({
          w: (...[w1, , w2]) => w1.mul(w2),
        }),
      ),
      mistake(
        'the weights added',
        /You add w1 and w2/,
        merged({
          w: (...[w1, , w2]) => w1.add(w2),
        }),
      ),
      mistake(
        'the first weights alone',
        /of the first layer alone; the second/,
        merged({
          w: w1 => w1,
        }),
      ),
      mistake(
        'the second weights alone',
        /of the second layer alone; the first/,
        merged({
          w: (...[, , w2]) => w2,
        }),
      ),
      mistake(
        'the biases added',
        /w is right.*passes through w2 as well/,
        merged({
          b: (...[, b1, , b2]) => b1.add(b2),
        }),
      ),
      mistake(
        'the second bias alone',
        /the bias of the second layer alone/,
        merged({
          b: (...[, , , b2]) => b2,
        }),
      ),
      mistake(
        'the first bias alone',
        /the bias of the first layer alone/,
        merged({
          b: (...[, b1]) => b1,
        }),
      ),
      mistake(
        'b2 forgotten',
        /b2 is still to be added/,
        merged({
          b: (...[, b1, w2]) => tf.dot(b1, w2),
        }),
      ),
      mistake(
        'the bias a column',
        /not w2 · b1/,
        merged({
          b: (...[, b1, w2, b2]) => w2.dot(b1).add(b2),
        }),
      ),
      mistake(
        'both biases through w2',
        /b2 is added at the very end/,
        merged({
          b: (...[, b1, w2, b2]) => tf.dot(b1.add(b2), w2),
        }),
      ),
      mistake(
        'the bias through w1',
        /not through w1/,
        merged({
          b: (...[w1, b1, , b2]) => tf.dot(b1, w1).add(b2),
        }),
      ),
      mistake(
        'the weights alone',
        /two things, \[w, b\]; it returns tensor/,
        () =>
          (...[w1, , w2]: Layers) =>
            w1.matMul(w2),
      ),
      mistake(
        'an object',
        /two things, \[w, b\]; it returns Object/,
        () =>
          (...[w1, b1]: Layers) => ({ w: w1, b: b1 }),
      ),
      mistake(
        'always three',
        /From 2 numbers to 4, then to 3: .*but your code stops with an error/,
        merged({
          b: (...[, b1, w2, b2]) => b1.reshape([1, 3]).matMul(w2).add(b2),
        }),
      ),
      mistake('freed', /has been freed/, () => (...[w1, b1, w2, b2]: Layers) => {
        const w = w1.matMul(w2);
        w.dispose();
        return [w, tf.dot(b1, w2).add(b2)];
      }),
    ],
  },
  '5.3': {
    right: [
      right(
        'by tf',
        () => (logits: number[]) =>
          tf.tidy(() => {
            const powers = tf
              .tensor1d(logits)
              .sub(Math.max(...logits))
              .exp();
            return powers.div(powers.sum());
          }),
      ),
      right('a typed array', () => async (logits: number[]) => {
        const powers = Float32Array.from(logits, z => Math.E ** (z - Math.max(...logits)));
        return powers.map(power => power / powers.reduce((a, b) => a + b));
      }),
      right('by the logarithm of the sum', () => (logits: number[]) => {
        const largest = Math.max(...logits);
        const log = Math.log(sum(logits.map(z => Math.exp(z - largest))));
        return logits.map(z => Math.exp(z - largest - log));
      }),
      right(
        'by differences',
        () => (logits: number[]) =>
          logits.map(z => 1 / sum(logits.map(other => Math.exp(other - z)))),
      ),
    ],
    wrong: [
      mistake(
        'powers that are too large',
        /becomes Infinity, and/,
        powersOf(logits => logits),
      ),
      mistake(
        'powers that are too large, by tf',
        /becomes Infinity, and/,
        () => (logits: number[]) => {
          const powers = tf.tensor1d(logits).exp();
          return powers.div(powers.sum());
        },
      ),
      mistake(
        'the mean subtracted',
        /is NaN; .* Subtract the largest of the numbers/,
        powersOf(logits => logits.map(z => z - sum(logits) / logits.length)),
      ),
      mistake(
        'the smallest subtracted',
        /is NaN; .* Subtract the largest of the numbers/,
        powersOf(logits => logits.map(z => z - Math.min(...logits))),
      ),
      mistake(
        'the first subtracted',
        /is NaN; .* Subtract the largest of the numbers/,
        powersOf(logits => logits.map(z => z - (logits[0] ?? 0))),
      ),
      mistake(
        'the largest absolute value subtracted',
        /is NaN; .* Subtract the largest of the numbers/,
        powersOf(logits => logits.map(z => z - Math.max(...logits.map(Math.abs)))),
      ),
      mistake(
        'tf.softmax',
        /TensorFlow's own softmax/,
        () => (logits: number[]) => tf.softmax(tf.tensor1d(logits)).arraySync(),
      ),
      mistake(
        'the logarithm of tf.softmax',
        /TensorFlow's own softmax/,
        () => (logits: number[]) => tf.tensor1d(logits).logSoftmax().exp(),
      ),
      mistake(
        'softmax as a layer',
        /TensorFlow's own softmax/,
        () => (logits: number[]) =>
          (tf.layers.softmax().apply(tf.tensor2d([logits])) as tf.Tensor).flatten(),
      ),
      mistake(
        'all alike',
        /the result should be/,
        () => (logits: number[]) => logits.map(() => 1 / logits.length),
      ),
      mistake('in order of size', /the result should be/, () => (logits: number[]) => {
        const sorted = logits.sort((a, b) => a - b);
        const powers = sorted.map(z => Math.exp(z - (sorted.at(-1) ?? 0)));
        return powers.map(power => power / sum(powers));
      }),
    ],
  },
};
