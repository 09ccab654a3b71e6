/**
 * An epoch of the lesson's network, on samples that remain bytes, and an epoch of a convolution: `node epoch.cjs
 * FILE`.
 */
const { writeFileSync } = require('node:fs');
const tf = require('@tensorflow/tfjs');
const { divide, onFallback } = require('tfjs-graph');

const CLASSES = 10;
const glorot = seed => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
const relu = { activation: 'relu' };
const output = seed => tf.layers.dense({ units: CLASSES, activation: 'softmax', ...glorot(seed) });
const dense = [
  tf.layers.dense({ units: 128, inputShape: [784], ...relu, ...glorot(2) }),
  output(1),
];
const convolution = [
  tf.layers.conv2d({ filters: 8, kernelSize: 3, inputShape: [28, 28, 1], ...relu, ...glorot(3) }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.flatten(),
  output(4),
];

/** Each class has a base picture; noise is added. */
function samples(count, shape) {
  let state = 1;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const centres = Array.from({ length: CLASSES * 784 }, random);
  const labels = Array.from({ length: count }, () => Math.floor(random() * CLASSES));
  const data = Uint8Array.from({ length: count * 784 }, (_, i) => {
    const centre = centres[labels[Math.floor(i / 784)] * 784 + (i % 784)];
    return 160 * centre + 95 * random();
  });
  return [divide({ data, shape: [count, ...shape] }, 255), tf.tensor1d(labels)];
}

async function train(layers, count, shape) {
  const model = tf.sequential({ layers });
  const fallbacks = [];
  const stop = onFallback(({ message }) => fallbacks.push(message));
  const loss = 'sparseCategoricalCrossentropy';
  model.compile({ optimizer: tf.train.adam(), loss, metrics: ['accuracy'] });
  const options = { epochs: 1, shuffle: false, verbose: 0 };
  const { history } = await model.fit(...samples(count, shape), options);
  stop();
  return { loss: history.loss[0], fallbacks };
}

(async () => {
  const trained = [await train(dense, 6000, [784]), await train(convolution, 1000, [28, 28, 1])];
  const machine = `${process.platform}-${process.arch}`;
  writeFileSync(process.argv[2], JSON.stringify({ machine, backend: tf.getBackend(), trained }));
})();
